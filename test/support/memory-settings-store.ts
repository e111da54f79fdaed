import { ALL_WORKFLOWS, type Settings } from '../../shared/contracts/index.ts';
import type { SettingsStore, StoredSettings } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemorySettingsStore implements SettingsStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(workflow: string): Promise<StoredSettings> {
    const { settings } = this.#tables;
    return { own: settings.get(workflow) ?? null, isAllPaused: settings.get(ALL_WORKFLOWS)?.paused === true };
  }

  /** What an owner sets. */
  set(settings: Settings): void {
    this.#tables.settings.set(settings.workflow, settings);
  }
}
