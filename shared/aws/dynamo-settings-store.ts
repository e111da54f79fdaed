import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Settings } from '../contracts/index.ts';
import type { SettingsStore } from '../ports/index.ts';
import { keyOf } from './item-keys.ts';

export class DynamoSettingsStore implements SettingsStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(workflow: string): Promise<Settings | null> {
    const { Item: item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: keyOf.settings(workflow), ConsistentRead: true }),
    );
    if (item === undefined) return null;
    // The switch is an attribute of its own, because conditions read it.
    return Settings.parse({ ...JSON.parse(item['body']?.S ?? '{}'), paused: item['paused']?.BOOL ?? true });
  }
}
