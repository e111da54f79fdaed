import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ALL_WORKFLOWS } from '../contracts/index.ts';
import type { SettingsStore, StoredSettings } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf } from './item-keys.ts';
import { isPaused, readSettings } from './settings-item.ts';

export class DynamoSettingsStore implements SettingsStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(workflow: string): Promise<StoredSettings> {
    // The switch for all is asked for by its own name too, and DynamoDB takes no key twice.
    const keys = [...new Set([workflow, ALL_WORKFLOWS])].map(keyOf.settings);
    const { Responses: found = {}, UnprocessedKeys: left = {} } = await this.#client.send(
      new BatchGetItemCommand({ RequestItems: { [this.#table]: { Keys: keys, ConsistentRead: true } } }),
    );
    // Half an answer must not pass for "nothing is switched off".
    if (Object.keys(left).length > 0) throw new Error('The settings could not be read whole');
    const items = found[this.#table] ?? [];
    const of = (id: string): Item | undefined => items.find(({ pk }) => pk?.S === keyOf.settings(id).pk.S);
    const own = of(workflow);
    const all = of(ALL_WORKFLOWS);
    return { own: own === undefined ? null : readSettings(own), isAllPaused: all !== undefined && isPaused(all) };
  }
}
