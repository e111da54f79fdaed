/** How often each label followed each key, a table per key of the plan, from narrow to broad. */
export interface LabelHistory {
  readonly tables: readonly Map<number, Map<number, number>>[];
  /** After so many later cases a case counts half; null: the past never fades. */
  readonly halfLife: number | null;
  /** Cases remembered so far. Instead of old counts becoming less, each new case counts more. */
  remembered: number;
}

type Keys = readonly (number | undefined)[];

export function emptyLabelHistory(levels: number, halfLife: number | null = null): LabelHistory {
  return { tables: Array.from({ length: levels }, () => new Map()), halfLife, remembered: 0 };
}

/** Where the past fades, cases must come in the order in which they happened. */
export function rememberLabel(history: LabelHistory, keys: Keys, label: number): void {
  const weight = weightNow(history);
  history.tables.forEach((table, level) => {
    const key = keys[level];
    if (key === undefined) return;
    const counts = table.get(key) ?? new Map<number, number>();
    counts.set(label, Math.fround((counts.get(label) ?? 0) + weight));
    table.set(key, counts);
  });
  history.remembered++;
}

/** Probabilities of the labels: the broadest table's shares, refined by each narrower key that was seen. */
export function lookUpLabels(history: LabelHistory, keys: Keys, classes: number): Float64Array {
  const shares = new Float64Array(classes).fill(1 / classes);
  const weight = weightNow(history);
  for (let level = history.tables.length - 1; level >= 0; level--) {
    const key = keys[level];
    const counts = key === undefined ? undefined : history.tables[level]?.get(key);
    if (counts) refine(shares, counts, weight);
  }
  return shares;
}

/** What a case counts that is remembered now. */
export function weightNow({ halfLife, remembered }: LabelHistory): number {
  return halfLife === null ? 1 : 2 ** (remembered / halfLife);
}

/** p ← (1 − λ) p + λ · counts / n with λ = n / (n + distinct labels); n as cases of now. */
function refine(shares: Float64Array, counts: ReadonlyMap<number, number>, weight: number): void {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  const rows = sum / weight;
  const trust = rows / (rows + counts.size);
  for (let label = 0; label < shares.length; label++) shares[label] = (shares[label] as number) * (1 - trust);
  for (const [label, count] of counts) shares[label] = (shares[label] as number) + (trust * count) / sum;
}
