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
  const buckets = new Uint16Array(BUCKETS);
  const idf = new Uint8Array(BUCKETS);
  let kept = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const held = rowsHolding[bucket] as number;
    if (held === 0 || (held < atLeast && isCategory[bucket] === 0)) continue;
    buckets[kept] = bucket;
    idf[kept++] = idfSteps(rows.length, held);
  }
  return { buckets: buckets.slice(0, kept), idf: idf.slice(0, kept) };
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
