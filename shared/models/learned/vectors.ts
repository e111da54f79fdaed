import type { Bag } from './bag.ts';
import { CATEGORIES, GROUPS } from './emission.ts';
import { BUCKETS } from './hashing.ts';
import { IDF_STEPS, type Vocabulary } from './vocabulary.ts';

/** A sparse vector of unit length (or empty); indices are positions in the vocabulary, each at most once. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Rows one after the other: row i is `offsets[i]` to `offsets[i + 1]` of `indices` and `values`. */
export interface SparseRows {
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
  /** Number of features. */
  readonly width: number;
}

/** What of a case a model looks at. */
export interface View {
  /** Paths and crosses of the plan, by position; null means all. */
  readonly blocks: readonly number[] | null;
  /** Weight of categories and numbers against text. */
  readonly categoryWeight: number;
}

export const WHOLE: View = { blocks: null, categoryWeight: 1 };

/** Returns the function that weighs a bag. It keeps scratch tables between calls, emptied after each. */
export function vectorizer(vocabulary: Vocabulary, view: View): (bag: Bag) => SparseVector {
  const indexOf = new Int32Array(BUCKETS).fill(-1);
  vocabulary.buckets.forEach((bucket, index) => {
    indexOf[bucket] = index;
  });
  const seenBlocks = view.blocks === null ? null : new Set(view.blocks);
  const sums = new Float64Array(vocabulary.buckets.length);
  return (bag) => {
    const weights = weigh(bag, indexOf, vocabulary.idf, seenBlocks);
    const scales = groupScales(bag, weights, view.categoryWeight);
    const seen: number[] = [];
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      const index = indexOf[bag.buckets[i] as number] as number;
      if (sums[index] === 0) seen.push(index);
      sums[index] = (sums[index] as number) + weight * (scales[bag.groups[i] as number] as number);
    }
    return takeUnit(seen, sums);
  };
}

export function vectorRows(
  bags: readonly Bag[],
  rows: Int32Array,
  toVector: (bag: Bag) => SparseVector,
  width: number,
): SparseRows {
  const vectors = Array.from(rows, (row) => toVector(bags[row] as Bag));
  const offsets = new Int32Array(rows.length + 1);
  vectors.forEach((vector, i) => {
    offsets[i + 1] = (offsets[i] as number) + vector.indices.length;
  });
  const total = offsets[rows.length] as number;
  const indices = new Int32Array(total);
  const values = new Float32Array(total);
  vectors.forEach((vector, i) => {
    indices.set(vector.indices, offsets[i]);
    values.set(vector.values, offsets[i]);
  });
  return { offsets, indices, values, width };
}

/** Weight of each entry of the bag before scaling, 0 where the vocabulary lacks it or it is not looked at. */
function weigh(bag: Bag, indexOf: Int32Array, idf: Uint8Array, seenBlocks: ReadonlySet<number> | null): Float64Array {
  const weights = new Float64Array(bag.buckets.length);
  for (let i = 0; i < weights.length; i++) {
    const index = indexOf[bag.buckets[i] as number] as number;
    if (index < 0 || (seenBlocks && !seenBlocks.has(bag.blocks[i] as number))) continue;
    const isCategory = bag.groups[i] === CATEGORIES;
    weights[i] = isCategory ? 1 : ((bag.weights[i] as number) * (idf[index] as number)) / IDF_STEPS;
  }
  return weights;
}

function groupScales(bag: Bag, weights: Float64Array, categoryWeight: number): Float64Array {
  const squares = new Float64Array(GROUPS);
  for (let i = 0; i < weights.length; i++) {
    const group = bag.groups[i] as number;
    squares[group] = (squares[group] as number) + (weights[i] as number) ** 2;
  }
  return squares.map((sum, group) => (sum === 0 ? 0 : (group === CATEGORIES ? categoryWeight : 1) / Math.sqrt(sum)));
}

function takeUnit(seen: readonly number[], sums: Float64Array): SparseVector {
  let square = 0;
  for (const index of seen) square += (sums[index] as number) ** 2;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  const values = Float32Array.from(seen, (index) => (sums[index] as number) * scale);
  for (const index of seen) sums[index] = 0;
  return { indices: Int32Array.from(seen), values };
}
