import type { Bag } from './bag.ts';
import { CATEGORIES } from './emission.ts';
import { BUCKETS } from './hashing.ts';

/** The buckets in use, rising, and their idf in steps of 1/20. A feature's index is its position here. */
export interface Vocabulary {
  readonly buckets: Uint16Array;
  readonly idf: Uint8Array;
}

export const IDF_STEPS = 20;

/** From this many rows on, text buckets that only one row holds are dropped. */
const ROWS_TO_PRUNE = 1_000;

export function fitVocabulary(bags: readonly Bag[], rows: Int32Array): Vocabulary {
  const { rowsHolding, isCategory } = countRows(bags, rows);
  const atLeast = rows.length >= ROWS_TO_PRUNE ? 2 : 1;
  const kept: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const held = rowsHolding[bucket] as number;
    if (held >= atLeast || (held > 0 && isCategory[bucket] === 1)) kept.push(bucket);
  }
  const idf = kept.map((bucket) => idfSteps(rows.length, rowsHolding[bucket] as number));
  return { buckets: Uint16Array.from(kept), idf: Uint8Array.from(idf) };
}

function countRows(bags: readonly Bag[], rows: Int32Array): { rowsHolding: Int32Array; isCategory: Uint8Array } {
  const rowsHolding = new Int32Array(BUCKETS);
  const isCategory = new Uint8Array(BUCKETS);
  const lastRow = new Int32Array(BUCKETS).fill(-1);
  for (const row of rows) {
    const { buckets, groups } = bags[row] as Bag;
    for (let i = 0; i < buckets.length; i++) {
      const bucket = buckets[i] as number;
      if (groups[i] === CATEGORIES) isCategory[bucket] = 1;
      if (lastRow[bucket] === row) continue;
      lastRow[bucket] = row;
      rowsHolding[bucket] = (rowsHolding[bucket] as number) + 1;
    }
  }
  return { rowsHolding, isCategory };
}

function idfSteps(rows: number, held: number): number {
  return Math.min(255, Math.round((Math.log((1 + rows) / (1 + held)) + 1) * IDF_STEPS));
}
