import type { Engine } from '../engine.ts';
import { forEachItem } from '../items/every-item.ts';
import { expiryOf } from '../items/expiry-of.ts';
import { encodeKey } from '../keys/item-key.ts';
import type { Index, Table } from './table.ts';

/** Adds the index with an entry for each item that has its keys. Within a write. @param index its id is given here. */
export function addIndex(engine: Engine, table: Table, index: Index): Table {
  const { definition } = table;
  const id = definition.indexCount + 1;
  const added = { ...index, id };
  const indexes = [...definition.indexes, added];
  const changed = engine.tables.redefine(table, { ...definition, indexes, indexCount: id });
  forEachItem(engine.store, changed, (itemId, item) => {
    engine.items.addEntry(changed, added, encodeKey(changed, item), itemId, item);
  });
  return changed;
}

/** Within a write. */
export function removeIndex(engine: Engine, table: Table, name: string): Table {
  const { definition } = table;
  for (const index of definition.indexes.filter((candidate) => candidate.name === name)) {
    engine.store
      .statement('DELETE FROM dynamodb_index_entries WHERE table_id = ? AND index_id = ?')
      .run(table.id, index.id);
  }
  const indexes = definition.indexes.filter((candidate) => candidate.name !== name);
  return engine.tables.redefine(table, { ...definition, indexes });
}

/** Within a write. @param attribute null to let items live on. */
export function setTimeToLive(engine: Engine, table: Table, attribute: string | null): Table {
  if (attribute === table.definition.timeToLiveAttribute) return table;
  const changed = engine.tables.redefine(table, { ...table.definition, timeToLiveAttribute: attribute });
  const update = engine.store.statement('UPDATE dynamodb_items SET expires_at_s = ? WHERE id = ?');
  forEachItem(engine.store, changed, (id, item) => {
    update.run(expiryOf(changed, item), id);
  });
  engine.expiry.look();
  return changed;
}
