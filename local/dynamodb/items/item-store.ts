import type { Store } from '../../kernel/store.ts';
import { indexKeyOf } from '../keys/index-key.ts';
import type { ItemKey } from '../keys/item-key.ts';
import type { Index, Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { expiryOf } from './expiry-of.ts';

export interface StoredItem {
  readonly id: number;
  readonly item: AttributeMap;
  readonly sizeBytes: number;
}

/** Items and their index entries on disk. Everything but `read` belongs inside a write. */
export class ItemStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  read(table: Table, key: ItemKey): StoredItem | null {
    const row = this.#store
      .statement('SELECT id, size_bytes, item FROM dynamodb_items WHERE table_id = ? AND hash = ? AND range = ?')
      .get(table.id, key.hash, key.range);
    if (row === undefined) return null;
    return {
      id: row['id'] as number,
      sizeBytes: row['size_bytes'] as number,
      item: JSON.parse(row['item'] as string) as AttributeMap,
    };
  }

  insert(table: Table, key: ItemKey, item: AttributeMap, sizeBytes: number): void {
    const { lastInsertRowid } = this.#store
      .statement(
        'INSERT INTO dynamodb_items (table_id, hash, range, size_bytes, expires_at_s, item) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(table.id, key.hash, key.range, sizeBytes, expiryOf(table, item), JSON.stringify(item));
    for (const index of table.definition.indexes) this.addEntry(table, index, key, Number(lastInsertRowid), item);
  }

  replace(table: Table, key: ItemKey, before: StoredItem, item: AttributeMap, sizeBytes: number): void {
    this.#store
      .statement('UPDATE dynamodb_items SET size_bytes = ?, expires_at_s = ?, item = ? WHERE id = ?')
      .run(sizeBytes, expiryOf(table, item), JSON.stringify(item), before.id);
    for (const index of table.definition.indexes) {
      if (!sameKey(indexKeyOf(index, before.item), indexKeyOf(index, item))) {
        this.#removeEntry(table, index, key, before.item);
        this.addEntry(table, index, key, before.id, item);
      }
    }
  }

  remove(table: Table, key: ItemKey, before: StoredItem): void {
    this.#store.statement('DELETE FROM dynamodb_items WHERE id = ?').run(before.id);
    for (const index of table.definition.indexes) this.#removeEntry(table, index, key, before.item);
  }

  /** Lists the item in the index, if it has the index's keys. */
  addEntry(table: Table, index: Index, key: ItemKey, itemId: number, item: AttributeMap): void {
    const indexKey = indexKeyOf(index, item);
    if (indexKey === null) return;
    this.#store
      .statement(
        'INSERT INTO dynamodb_index_entries (table_id, index_id, index_hash, index_range, hash, range, item_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(table.id, index.id, indexKey.hash, indexKey.range, key.hash, key.range, itemId);
  }

  #removeEntry(table: Table, index: Index, key: ItemKey, item: AttributeMap): void {
    const indexKey = indexKeyOf(index, item);
    if (indexKey === null) return;
    this.#store
      .statement(
        'DELETE FROM dynamodb_index_entries WHERE table_id = ? AND index_id = ? AND index_hash = ? AND index_range = ? AND hash = ? AND range = ?',
      )
      .run(table.id, index.id, indexKey.hash, indexKey.range, key.hash, key.range);
  }
}

function sameKey(left: ItemKey | null, right: ItemKey | null): boolean {
  if (left === null || right === null) return left === right;
  return Buffer.compare(left.hash, right.hash) === 0 && Buffer.compare(left.range, right.range) === 0;
}
