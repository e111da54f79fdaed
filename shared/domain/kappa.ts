import { wilsonInterval } from './wilson.ts';

/** Agreement of two people beyond what chance would give. */
export interface Kappa {
  /** Pairs of answers that were compared. */
  readonly pairs: number;
  /** Share (0..1) of the pairs that are the same, and that chance alone would make the same. */
  readonly observed: number;
  readonly expected: number;
  /** -1..1: 0 is chance, 1 is complete; null where both only ever said one and the same thing, or nothing. */
  readonly kappa: number | null;
  /** Its large-sample standard error; null where there is no figure. */
  readonly error: number | null;
  /** 95 % interval; -1 to 1 where there is no figure. */
  readonly lower: number;
  readonly upper: number;
}

/** 95 % two-sided. */
const Z = 1.959_964;

/**
 * Cohen's kappa (A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20, 1960) of
 * pairs of answers, first and second person. The interval is by the large-sample standard error (Fleiss, Cohen and
 * Everitt, Psychological Bulletin 72, 1969). Where all pairs are the same that has no width: it is the Wilson interval of
 * the observed share then, with chance taken as known, as in Cohen's own standard error. Pure.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): Kappa {
  const count = pairs.length;
  const same = pairs.filter(([a, b]) => a === b).length;
  const names = [...new Set(pairs.flat())];
  const shares = names.map((name) => ({
    both: pairs.filter(([a, b]) => a === name && b === name).length / count,
    first: pairs.filter(([a]) => a === name).length / count,
    second: pairs.filter(([, b]) => b === name).length / count,
  }));
  const observed = count === 0 ? 0 : same / count;
  const expected = sum(shares.map(({ first, second }) => first * second));
  if (names.length < 2) return { pairs: count, observed, expected, kappa: null, error: null, lower: -1, upper: 1 };
  const beyond = (share: number): number => (share - expected) / (1 - expected);
  const kappa = beyond(observed);
  const error = standardError({ pairs, names, shares, kappa, expected });
  const figures = { pairs: count, observed, expected, kappa, error };
  if (same === count) return { ...figures, lower: Math.max(-1, beyond(wilsonInterval(same, count).lower)), upper: 1 };
  return { ...figures, lower: Math.max(-1, kappa - Z * error), upper: Math.min(1, kappa + Z * error) };
}

interface Table {
  readonly pairs: readonly (readonly [string, string])[];
  readonly names: readonly string[];
  /** Of the names, in their order. */
  readonly shares: readonly { readonly both: number; readonly first: number; readonly second: number }[];
  readonly kappa: number;
  readonly expected: number;
}

function standardError({ pairs, names, shares, kappa, expected }: Table): number {
  const left = 1 - kappa;
  const of = new Map(names.map((name, at) => [name, shares[at] ?? { both: 0, first: 0, second: 0 }]));
  const alike = sum(shares.map(({ both, first, second }) => both * (1 - (first + second) * left) ** 2));
  const different = sum(
    pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ((of.get(a)?.second ?? 0) + (of.get(b)?.first ?? 0)) ** 2 / pairs.length),
  );
  const variance = alike + left ** 2 * different - (kappa - expected * left) ** 2;
  return Math.sqrt(Math.max(0, variance) / pairs.length) / (1 - expected);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
