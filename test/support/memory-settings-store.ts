import type { Settings } from '../../shared/contracts/index.ts';
import type { SettingsStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemorySettingsStore implements SettingsStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(workflow: string): Promise<Settings | null> {
    return this.#tables.settings.get(workflow) ?? null;
  }

  /** What an owner sets. */
  set(settings: Settings): void {
    this.#tables.settings.set(settings.workflow, settings);
  }
}
