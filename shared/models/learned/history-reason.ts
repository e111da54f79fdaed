import type { KeyedHistory } from './classifier.ts';
import type { Reason } from './contract.ts';
import { shownPath } from './encoder.ts';
import type { Flat } from './flatten.ts';
import { historyKeys } from './history-keys.ts';
import { weightNow } from './label-history.ts';

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
    return [
      { feature: `same ${names.map(shownPath).join(' and ')}: ${timesOf(history, own, rows)}`, weight: own / rows },
    ];
  }
  return [];
}

/** Where the past fades, how often is less telling than how much of it. */
function timesOf(history: KeyedHistory, own: number, rows: number): string {
  if (history.halfLife === null) return `${own} of ${rows} times`;
  const cases = Math.max(1, Math.round(rows / weightNow(history)));
  return `${Math.round((100 * own) / rows)} % of the time, of late ${cases === 1 ? 'once' : `${cases} times`}`;
}
