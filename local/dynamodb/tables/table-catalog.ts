import type { Place } from '../../kernel/names.ts';
import type { Store } from '../../kernel/store.ts';
import { resourceNotFound } from '../errors.ts';
import type { Table, TableDefinition } from './table.ts';
import { tableNameOf } from './table-name.ts';

/** The tables there are: on disk, and in memory as far as they were asked for. */
export class TableCatalog {
  readonly #store: Store;
  readonly #place: Place;
  readonly #known = new Map<string, Table>();

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
  }

  /** @param reference a table name or ARN. @throws ResourceNotFoundException */
  get(reference: string): Table {
    const known = this.#known.get(reference);
    if (known !== undefined) return known;
    const table = this.find(tableNameOf(reference, this.#place));
    if (table === null) throw resourceNotFound();
    return table;
  }

  /** @param name a table name, not an ARN. */
  find(name: string): Table | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const row = this.#store
      .statement('SELECT id, created_at_ms, definition FROM dynamodb_tables WHERE name = ?')
      .get(name);
    if (row === undefined) return null;
    const definition = JSON.parse(String(row['definition'])) as TableDefinition;
    const table = { id: Number(row['id']), name, createdAtMs: Number(row['created_at_ms']), definition };
    this.#known.set(name, table);
    return table;
  }

  /** Up to `limit` names in order, after `after`. */
  names(after: string, limit: number): readonly string[] {
    return this.#store
      .statement('SELECT name FROM dynamodb_tables WHERE name > ? ORDER BY name LIMIT ?')
      .all(after, limit)
      .map((row) => String(row['name']));
  }

  /** Within a write. */
  create(name: string, createdAtMs: number, definition: TableDefinition): Table {
    const { lastInsertRowid } = this.#store
      .statement('INSERT INTO dynamodb_tables (name, created_at_ms, definition) VALUES (?, ?, ?)')
      .run(name, createdAtMs, JSON.stringify(definition));
    return { id: Number(lastInsertRowid), name, createdAtMs, definition };
  }

  /** Within a write. */
  redefine(table: Table, definition: TableDefinition): Table {
    this.#known.delete(table.name);
    this.#store
      .statement('UPDATE dynamodb_tables SET definition = ? WHERE id = ?')
      .run(JSON.stringify(definition), table.id);
    return { ...table, definition };
  }

  /** Within a write. */
  remove(table: Table): void {
    this.#known.delete(table.name);
    this.#store.statement('DELETE FROM dynamodb_tables WHERE id = ?').run(table.id);
  }

  /** Drops what is in memory; for after a write that failed. */
  forget(): void {
    this.#known.clear();
  }
}
