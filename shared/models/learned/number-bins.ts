const BINS = 10;

/** Edges between at most ten bins that hold about equally many of the values; few distinct values get a bin each. */
export function quantileCuts(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= BINS) return distinct.slice(1).map((value, i) => middle(distinct[i] as number, value));
  const cuts = new Set<number>();
  for (let bin = 1; bin < BINS; bin++) cuts.add(sorted[Math.floor((bin * sorted.length) / BINS)] as number);
  return [...cuts].filter((cut) => cut > (sorted[0] as number));
}

/** Number of edges at or below the value. */
export function binOf(value: number, cuts: readonly number[]): number {
  let bin = 0;
  while (bin < cuts.length && value >= (cuts[bin] as number)) bin++;
  return bin;
}

/** `under 50`, `50 to 200`, `500 or more`. */
export function describeBin(bin: number, cuts: readonly number[]): string {
  const from = cuts[bin - 1];
  const to = cuts[bin];
  if (from === undefined) return to === undefined ? 'any number' : `under ${to}`;
  return to === undefined ? `${from} or more` : `${from} to ${to}`;
}

function middle(a: number, b: number): number {
  return a + (b - a) / 2;
}
