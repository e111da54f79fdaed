import type { Reason } from './contract.ts';
import type { Emission } from './emission.ts';
import { bucketOf } from './hashing.ts';
import { type LinearModel, linearWeight } from './linear.ts';
import { indexBuckets, type SparseVector } from './vectors.ts';
import type { Vocabulary } from './vocabulary.ts';

const FOR = 4;
const AGAINST = 3;

/** Says which features of a case spoke for and against a label; parts of a word are added to the word. */
export type Explain = (linear: LinearModel, label: number, vector: SparseVector) => Reason[];

/** Returns the function that prepares a case for explaining. It keeps scratch tables between calls, emptied after each. */
export function explainer(vocabulary: Vocabulary): (emission: Emission) => Explain {
  const indexOf = indexBuckets(vocabulary);
  const uses = new Int32Array(vocabulary.buckets.length);
  const parts = new Float64Array(vocabulary.buckets.length);
  return (emission) => {
    const used = indicesOf(emission, indexOf);
    return (linear, label, { indices, values }) => {
      for (let p = 0; p < indices.length; p++) {
        const index = indices[p] as number;
        parts[index] = linearWeight(linear, index, label) * (values[p] as number);
      }
      for (const index of used) if (index >= 0) uses[index] = (uses[index] as number) + 1;
      const sums = sumByLabel(emission, used, uses, parts);
      for (const index of used) if (index >= 0) uses[index] = 0;
      for (const index of indices) parts[index] = 0;
      return strongest(sumByName(emission.names, sums));
    };
  };
}

function indicesOf({ hashes }: Emission, indexOf: Int32Array): Int32Array {
  const indices = new Int32Array(hashes.length);
  for (let i = 0; i < indices.length; i++) indices[i] = indexOf[bucketOf(hashes[i] as number)] as number;
  return indices;
}

/** Shares what each feature added to the score evenly among its uses in the case. */
function sumByLabel(emission: Emission, indices: Int32Array, uses: Int32Array, parts: Float64Array): Float64Array {
  const sums = new Float64Array(emission.names.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index < 0 || parts[index] === 0) continue;
    const label = emission.labels[i] as number;
    sums[label] = (sums[label] as number) + (parts[index] as number) / (uses[index] as number);
  }
  return sums;
}

/** The same word may be said more than once. */
function sumByName(names: readonly string[], sums: Float64Array): Map<string, number> {
  const byName = new Map<string, number>();
  sums.forEach((sum, label) => {
    const name = names[label] as string;
    if (sum !== 0) byName.set(name, (byName.get(name) ?? 0) + sum);
  });
  return byName;
}

function strongest(sums: ReadonlyMap<string, number>): Reason[] {
  const all = [...sums].map(([feature, weight]) => ({ feature, weight: Math.round(weight * 1e4) / 1e4 }));
  const speaking = all
    .filter(({ weight }) => weight > 0)
    .sort(byStrength)
    .slice(0, FOR);
  const against = all
    .filter(({ weight }) => weight < 0)
    .sort(byStrength)
    .slice(0, AGAINST);
  return [...speaking, ...against].sort(byStrength);
}

function byStrength(a: Reason, b: Reason): number {
  return Math.abs(b.weight) - Math.abs(a.weight) || (a.feature < b.feature ? -1 : 1);
}
