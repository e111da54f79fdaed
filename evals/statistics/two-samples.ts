/** So many rows of a kind, in the sample that is known and in the one that is new. */
export interface KindCount {
  readonly kind: string;
  readonly known: number;
  readonly now: number;
}

/** Rows per kind in both samples, the most frequent first. */
export function countKinds(known: readonly string[], now: readonly string[]): KindCount[] {
  const before = Map.groupBy(known, (kind) => kind);
  const after = Map.groupBy(now, (kind) => kind);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((kind) => ({ kind, known: before.get(kind)?.length ?? 0, now: after.get(kind)?.length ?? 0 }))
    .toSorted((a, b) => b.known + b.now - (a.known + a.now));
}

/**
 * Population stability index: how far the mix of kinds has moved. Below 0.1 it is read as stable, above 0.25 as moved.
 * Half a row is added to each kind, so that one which is missing on one side does not make it endless.
 * Source: N. Siddiqi, Credit Risk Scorecards (2006).
 */
export function stabilityIndex(counts: readonly KindCount[]): number {
  const total = (side: 'known' | 'now'): number => counts.reduce((sum, one) => sum + one[side] + 0.5, 0);
  const [known, now] = [total('known'), total('now')];
  return counts.reduce((sum, one) => {
    const before = (one.known + 0.5) / known;
    const after = (one.now + 0.5) / now;
    return sum + (after - before) * Math.log(after / before);
  }, 0);
}

/**
 * Kolmogorov-Smirnov test of two samples: the largest distance of their distributions, and the chance of one as large if both
 * came from the same source (the limit for many rows, with the correction of M. Stephens, 1970). 1 where a sample is empty.
 */
export function kolmogorovSmirnov(
  first: readonly number[],
  second: readonly number[],
): { readonly distance: number; readonly chance: number } {
  if (first.length === 0 || second.length === 0) return { distance: 0, chance: 1 };
  const [a, b] = [first.toSorted((x, y) => x - y), second.toSorted((x, y) => x - y)];
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const rows = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { distance, chance: tail((rows + 0.12 + 0.11 / rows) * distance) };
}

function tail(lambda: number): number {
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) sum += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, Math.max(0, sum));
}
