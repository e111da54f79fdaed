import type { Store } from '../../kernel/store.ts';
import type { Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';

const ITEMS_AT_ONCE = 500;

/** Visits all items of the table, a few in memory at a time. `visit` may change anything but the items' ids. */
export function forEachItem(store: Store, table: Table, visit: (id: number, item: AttributeMap) => void): void {
  const statement = store.statement(
    'SELECT id, item FROM dynamodb_items WHERE table_id = ? AND id > ? ORDER BY id LIMIT ?',
  );
  let rows = statement.all(table.id, 0, ITEMS_AT_ONCE);
  while (rows.length > 0) {
    let lastId = 0;
    for (const row of rows) {
      lastId = Number(row['id']);
      visit(lastId, JSON.parse(String(row['item'])) as AttributeMap);
    }
    rows = statement.all(table.id, lastId, ITEMS_AT_ONCE);
  }
}
