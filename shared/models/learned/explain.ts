import type { Reason } from './contract.ts';
import type { Emission } from './emission.ts';
import { BUCKETS, bucketOf } from './hashing.ts';
import { type LinearModel, linearWeight } from './linear.ts';
import type { SparseVector } from './vectors.ts';
import type { Vocabulary } from './vocabulary.ts';

const FOR = 4;
const AGAINST = 3;

/** Returns the function that says which features spoke for and against a label; parts of a word are added to the word. */
export function explainer(
  vocabulary: Vocabulary,
): (linear: LinearModel, label: number, emission: Emission, vector: SparseVector) => Reason[] {
  const indexOf = new Int32Array(BUCKETS).fill(-1);
  vocabulary.buckets.forEach((bucket, index) => {
    indexOf[bucket] = index;
  });
  return (linear, label, emission, vector) => {
    const shares = shareByFeature(linear, label, emission, vector, indexOf);
    const sums = new Map<string, number>();
    emission.hashes.forEach((hash, i) => {
      const share = shares.get(indexOf[bucketOf(hash)] as number);
      if (share === undefined) return;
      const name = emission.names[emission.labels[i] as number] as string;
      sums.set(name, (sums.get(name) ?? 0) + share);
    });
    return strongest(sums);
  };
}

/** What each use of a feature adds to the label's score: its whole part over the number of its uses in the case. */
function shareByFeature(
  linear: LinearModel,
  label: number,
  emission: Emission,
  vector: SparseVector,
  indexOf: Int32Array,
): Map<number, number> {
  const uses = new Map<number, number>();
  for (const hash of emission.hashes) {
    const index = indexOf[bucketOf(hash)] as number;
    uses.set(index, (uses.get(index) ?? 0) + 1);
  }
  const shares = new Map<number, number>();
  vector.indices.forEach((index, p) => {
    const part = linearWeight(linear, index, label) * (vector.values[p] as number);
    shares.set(index, part / (uses.get(index) ?? 1));
  });
  return shares;
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
