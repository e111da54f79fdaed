/** How often each label followed each key, a table per key of the plan, from narrow to broad. */
export interface LabelHistory {
  readonly tables: readonly Map<number, Map<number, number>>[];
}

type Keys = readonly (number | undefined)[];

export function emptyLabelHistory(levels: number): LabelHistory {
  return { tables: Array.from({ length: levels }, () => new Map()) };
}

export function rememberLabel(history: LabelHistory, keys: Keys, label: number): void {
  history.tables.forEach((table, level) => {
    const key = keys[level];
    if (key === undefined) return;
    const counts = table.get(key) ?? new Map<number, number>();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    table.set(key, counts);
  });
}

/** Probabilities of the labels: the broadest table's shares, refined by each narrower key that was seen. */
export function lookUpLabels(history: LabelHistory, keys: Keys, classes: number): Float64Array {
  const shares = new Float64Array(classes).fill(1 / classes);
  for (let level = history.tables.length - 1; level >= 0; level--) {
    const key = keys[level];
    const counts = key === undefined ? undefined : history.tables[level]?.get(key);
    if (counts) refine(shares, counts);
  }
  return shares;
}

/** p ← (1 − λ) p + λ · counts / n with λ = n / (n + distinct labels). */
function refine(shares: Float64Array, counts: ReadonlyMap<number, number>): void {
  let rows = 0;
  for (const count of counts.values()) rows += count;
  const trust = rows / (rows + counts.size);
  for (let label = 0; label < shares.length; label++) shares[label] = (shares[label] as number) * (1 - trust);
  for (const [label, count] of counts) shares[label] = (shares[label] as number) + (trust * count) / rows;
}
