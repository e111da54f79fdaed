import { type LabelHistory, weightNow } from './label-history.ts';

/**
 * What each key of a history says by itself: ln of every label's share, key by key as the plan has them. A key leans on the shares
 * of everything as if by one more case, and says just those where it was never seen.
 */
export function keyShares(
  history: LabelHistory,
  keys: readonly (number | undefined)[],
  classes: number,
): readonly Float32Array[] {
  const weight = weightNow(history);
  const broadest = keys.length - 1;
  const countsOf = (level: number) => {
    const key = keys[level];
    return key === undefined ? undefined : history.tables[level]?.get(key);
  };
  const even = new Float64Array(classes).fill(1 / classes);
  const base = lean(countsOf(broadest), weight, even, EVEN_CASES * classes);
  return keys.map((_, level) => {
    const shares = level === broadest ? base : lean(countsOf(level), weight, base, LEANING_CASES);
    return Float32Array.from(shares, Math.log);
  });
}

const LEANING_CASES = 1;
/** Per label, so that none is impossible. */
const EVEN_CASES = 0.05;

/** Shares of the counts, with so many cases more that are shared as `other` says. */
function lean(
  counts: ReadonlyMap<number, number> | undefined,
  weight: number,
  other: Float64Array,
  cases: number,
): Float64Array {
  if (!counts) return other;
  let sum = 0;
  for (const count of counts.values()) sum += count / weight;
  const shares = other.map((share) => (cases * share) / (sum + cases));
  for (const [label, count] of counts) shares[label] = (shares[label] as number) + count / weight / (sum + cases);
  return shares;
}
