import { quantile } from './quantile.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export interface Resampling {
  /** Default 2,000. */
  readonly rounds?: number;
  /** The same seed gives the same interval. Default 1. */
  readonly seed?: number;
}

/**
 * 95 % percentile interval of a figure, from samples drawn with replacement. Rows stay whole, so that pairs stay pairs.
 * Null for fewer than two rows, which say nothing about spread.
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 */
export function bootstrapInterval<T>(
  rows: readonly T[],
  figure: (sample: readonly T[]) => number,
  { rounds = 2_000, seed = 1 }: Resampling = {},
): Interval | null {
  if (rows.length < 2) return null;
  const next = uniform(seed);
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    found.push(figure(rows.map(() => rows[Math.floor(next() * rows.length)] as T)));
  }
  return { lower: quantile(found, 0.025), upper: quantile(found, 0.975) };
}

/** Evenly from 0 up to 1, the same for the same seed (mulberry32, T. Ettinger, public domain). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
