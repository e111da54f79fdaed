import type { Table } from '../tables/table.ts';
import { type AttributeMap, attributeOf } from '../values/attribute-value.ts';

const MAX_EPOCH_S = 253_402_300_799;

/** Epoch seconds at which the item expires; null when it does not, or when the attribute is no whole number of seconds. */
export function expiryOf({ definition: { timeToLiveAttribute } }: Table, item: AttributeMap): number | null {
  if (timeToLiveAttribute === null) return null;
  const value = attributeOf(item, timeToLiveAttribute);
  if (value === undefined || !('N' in value)) return null;
  const epochS = Math.floor(Number(value.N));
  return epochS > 0 && epochS <= MAX_EPOCH_S ? epochS : null;
}
