import type { Store } from '../../kernel/store.ts';
import type { Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';

const ITEMS_AT_ONCE = 500;

/** Visits all items of the table, a few in memory at a time. `visit` may change anything but keys and ids. */
export function forEachItem(store: Store, table: Table, visit: (id: number, item: AttributeMap) => void): void {
  const statement = store.statement(
    'SELECT id, item, hash, range FROM dynamodb_items WHERE table_id = ? AND (hash, range) > (?, ?) ORDER BY hash, range LIMIT ?',
  );
  let hash = new Uint8Array(0);
  let range = new Uint8Array(0);
  for (;;) {
    const rows = statement.all(table.id, hash, range, ITEMS_AT_ONCE);
    for (const row of rows) visit(Number(row['id']), JSON.parse(String(row['item'])) as AttributeMap);
    const last = rows.at(-1);
    if (last === undefined) return;
    hash = last['hash'] as Uint8Array<ArrayBuffer>;
    range = last['range'] as Uint8Array<ArrayBuffer>;
  }
}
