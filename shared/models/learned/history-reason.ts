import type { KeyedHistory } from './classifier.ts';
import type { Reason } from './contract.ts';
import { shownPath } from './encoder.ts';
import type { Flat } from './flatten.ts';
import { historyKeys } from './history-keys.ts';

/** What the narrowest known key says of a label, in words: `same card and merchant: 14 of 15 times`. */
export function historyReason(history: KeyedHistory, flat: Flat, label: number): Reason[] {
  const keys = historyKeys(history.plan, flat);
  for (const [level, table] of history.tables.entries()) {
    const key = keys[level];
    const counts = key === undefined ? undefined : table.get(key);
    const names = history.plan.keys[level] ?? [];
    if (!counts || names.length === 0) continue;
    let rows = 0;
    for (const count of counts.values()) rows += count;
    const own = counts.get(label) ?? 0;
    return [{ feature: `same ${names.map(shownPath).join(' and ')}: ${own} of ${rows} times`, weight: own / rows }];
  }
  return [];
}
