import { type CapacityTally, indexWriteUnits, writeUnits } from '../capacity.ts';
import type { Engine } from '../engine.ts';
import { conditionalCheckFailed } from '../errors.ts';
import type { Condition } from '../expressions/condition.ts';
import { holds } from '../expressions/holds.ts';
import type { ItemKey } from '../keys/item-key.ts';
import type { Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { itemSizeBytes } from '../values/size.ts';
import type { StoredItem } from './item-store.ts';

/** One change to one item, read and checked as far as that goes without the item. */
export interface PlannedWrite {
  readonly table: Table;
  readonly key: ItemKey;
  readonly condition: Condition | null;
  /** Whether a failed condition shows the item. */
  readonly showsItemOnFailure: boolean;
  /**
   * The item to be (null: none), from the item as it is. Leaves the latter alone.
   * @throws ValidationException where the change does not fit the item.
   */
  readonly next: (before: AttributeMap | null) => AttributeMap | null;
  /** False for a ConditionCheck, which only looks. */
  readonly changes: boolean;
}

/** A change whose condition holds. */
export interface CheckedWrite {
  readonly planned: PlannedWrite;
  readonly before: StoredItem | null;
  readonly after: AttributeMap | null;
  readonly sizeBytesAfter: number;
}

const NOTHING: AttributeMap = Object.freeze({});

/**
 * Reads the item and checks the change against it. Counts what it consumes, whether it may go ahead or not.
 *
 * @param times 2 in a transaction.
 * @throws ConditionalCheckFailedException or what `next` throws.
 */
export function checkWrite(
  engine: Engine,
  planned: PlannedWrite,
  tally: CapacityTally,
  times: 1 | 2 = 1,
): CheckedWrite {
  const { table, condition } = planned;
  const before = engine.items.read(table, planned.key);
  if (condition !== null && !holds(condition, before?.item ?? NOTHING)) {
    tally.add('write', table, times * writeUnits(before?.sizeBytes ?? 0, 0));
    throw conditionalCheckFailed(planned.showsItemOnFailure ? (before?.item ?? null) : null);
  }
  const after = planned.next(before?.item ?? null);
  const checked = { planned, before, after, sizeBytesAfter: after === null ? 0 : itemSizeBytes(after) };
  countWrite(tally, checked, times);
  return checked;
}

/** Puts the change on disk with its index entries. Within a write. */
export function performWrite(
  { items, expiry }: Engine,
  { planned, before, after, sizeBytesAfter }: CheckedWrite,
): void {
  const { table, key } = planned;
  if (!planned.changes) return;
  if (after === null) {
    if (before !== null) items.remove(table, key, before);
    return;
  }
  if (before === null) items.insert(table, key, after, sizeBytesAfter);
  else items.replace(table, key, before, after, sizeBytesAfter);
  expiry.noticeItem(table, after);
}

function countWrite(tally: CapacityTally, write: CheckedWrite, times: 1 | 2): void {
  const { table, changes } = write.planned;
  tally.add('write', table, times * writeUnits(write.before?.sizeBytes ?? 0, write.sizeBytesAfter));
  if (!changes) return;
  for (const index of table.definition.indexes) {
    const units = indexWriteUnits(table, index, write.before?.item ?? null, write.after);
    if (units > 0) tally.add('write', table, times * units, index);
  }
}
