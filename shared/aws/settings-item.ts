import { Settings } from '../contracts/index.ts';
import type { StoredSettings } from '../ports/index.ts';
import type { Item } from './case-items.ts';
import { keyOf } from './item-keys.ts';

export function settingsItem(settings: Settings): Item {
  return {
    ...keyOf.settings(settings.workflow),
    // Attributes of their own, because conditions read them.
    paused: { BOOL: settings.paused },
    revision: { N: String(settings.revision) },
    body: { S: JSON.stringify(settings) },
  };
}

export function readSettings(item: Item): Settings {
  return Settings.parse({ ...JSON.parse(item['body']?.S ?? '{}'), paused: isPaused(item) });
}

/** A workflow's own settings and the switch for all, as two items; undefined for one that is not there. */
export function readStored(own: Item | undefined, all: Item | undefined): StoredSettings {
  return { own: own === undefined ? null : readSettings(own), isAllPaused: all !== undefined && isPaused(all) };
}

/** What cannot be read counts as switched off. */
export function isPaused(item: Item): boolean {
  return item['paused']?.BOOL ?? true;
}
