import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ALL_WORKFLOWS } from '../contracts/index.ts';
import type { SettingsStore, StoredSettings } from '../ports/index.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';
import { readStored } from './settings-item.ts';

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
    const found = await readItems(this.#client, this.#table, keys);
    return readStored(found[0], found.at(-1));
  }
}
