import type { Label } from './contract.ts';

/** Labels of a field in a fixed order, `null` (out of scope) last; a label's index is its class. */
export interface LabelSet {
  readonly labels: readonly (Label | null)[];
  /** Examples per label. */
  readonly counts: readonly number[];
}

export interface LabelledRow {
  readonly row: number;
  readonly label: number;
}

export function collectLabels(values: readonly (Label | null | undefined)[]): { set: LabelSet; rows: LabelledRow[] } {
  const counts = new Map<Label | null, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  const labels = [...counts.keys()].sort(compareLabels);
  const classOf = new Map(labels.map((label, index) => [label, index]));
  const rows = values.flatMap((value, row) =>
    value === undefined ? [] : [{ row, label: classOf.get(value) as number }],
  );
  return { set: { labels, counts: labels.map((label) => counts.get(label) ?? 0) }, rows };
}

function compareLabels(a: Label | null, b: Label | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
