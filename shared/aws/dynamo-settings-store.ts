import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ALL_WORKFLOWS, Settings } from '../contracts/index.ts';
import type { SettingsStore, StoredSettings } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf } from './item-keys.ts';
import { readItems } from './read-items.ts';

export class DynamoSettingsStore implements SettingsStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async get(workflow: string): Promise<StoredSettings> {
    const keys = [keyOf.settings(workflow), keyOf.settings(ALL_WORKFLOWS)];
    const [own, all] = await readItems(this.#client, this.#table, keys);
    return { own: own === undefined ? null : readSettings(own), isAllPaused: all !== undefined && isPaused(all) };
  }
}

export function settingsItem(settings: Settings): Item {
  return {
    ...keyOf.settings(settings.workflow),
    // Attributes of their own, because conditions read them.
    paused: { BOOL: settings.paused },
    revision: { N: String(settings.revision) },
    body: { S: JSON.stringify(settings) },
  };
}

function readSettings(item: Item): Settings {
  return Settings.parse({ ...JSON.parse(item['body']?.S ?? '{}'), paused: isPaused(item) });
}

function isPaused(item: Item): boolean {
  return item['paused']?.BOOL ?? true;
}
