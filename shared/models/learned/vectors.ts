import { type Bag, restrictBag } from './bag.ts';
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
  const indexOf = indexBuckets(vocabulary);
  const sums = new Float64Array(vocabulary.buckets.length);
  return (whole) => {
    const bag = view.blocks === null ? whole : restrictBag(whole, view.blocks);
    const { buckets, groups } = bag;
    const weights = weigh(bag, indexOf, vocabulary.idf);
    const scales = groupScales(groups, weights, view.categoryWeight);
    const seen = new Int32Array(weights.length);
    let count = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      if (weight === 0) continue;
      const index = indexOf[buckets[i] as number] as number;
      if (sums[index] === 0) seen[count++] = index;
      sums[index] = (sums[index] as number) + weight * (scales[groups[i] as number] as number);
    }
    return takeUnit(seen.slice(0, count), sums);
  };
}

/** Position of each bucket in the vocabulary, -1 where it lacks it. */
export function indexBuckets({ buckets }: Vocabulary): Int32Array {
  const indexOf = new Int32Array(BUCKETS).fill(-1);
  for (let index = 0; index < buckets.length; index++) indexOf[buckets[index] as number] = index;
  return indexOf;
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

/** Weight of each entry of the bag before scaling, 0 where the vocabulary lacks it. */
function weigh({ buckets, groups, weights: counts }: Bag, indexOf: Int32Array, idf: Uint8Array): Float64Array {
  const weights = new Float64Array(buckets.length);
  for (let i = 0; i < weights.length; i++) {
    const index = indexOf[buckets[i] as number] as number;
    if (index < 0) continue;
    weights[i] = groups[i] === CATEGORIES ? 1 : ((counts[i] as number) * (idf[index] as number)) / IDF_STEPS;
  }
  return weights;
}

function groupScales(groups: Uint8Array, weights: Float64Array, categoryWeight: number): Float64Array {
  const scales = new Float64Array(GROUPS);
  for (let i = 0; i < weights.length; i++) {
    const group = groups[i] as number;
    const weight = weights[i] as number;
    scales[group] = (scales[group] as number) + weight * weight;
  }
  for (let group = 0; group < GROUPS; group++) {
    const square = scales[group] as number;
    if (square > 0) scales[group] = (group === CATEGORIES ? categoryWeight : 1) / Math.sqrt(square);
  }
  return scales;
}

function takeUnit(indices: Int32Array, sums: Float64Array): SparseVector {
  let square = 0;
  for (let p = 0; p < indices.length; p++) square += (sums[indices[p] as number] as number) ** 2;
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  const values = new Float32Array(indices.length);
  for (let p = 0; p < indices.length; p++) {
    const index = indices[p] as number;
    values[p] = (sums[index] as number) * scale;
    sums[index] = 0;
  }
  return { indices, values };
}
