import type { Emission } from './emission.ts';
import { GROUPS } from './emission.ts';
import { BUCKETS, bucketOf } from './hashing.ts';

/** The features of one case, each bucket once per group, block after block. */
export interface Bag {
  readonly buckets: Int32Array;
  readonly groups: Uint8Array;
  /** 1 + ln count in texts. */
  readonly weights: Float32Array;
  /** Block b (a path or cross of the plan) is `starts[b]` to `starts[b + 1]`; later blocks gave nothing off. */
  readonly starts: Int32Array;
}

/** Returns the function that counts an emission. It keeps a scratch table between calls, emptied after each. */
export function bagger(): (emission: Emission) => Bag {
  const counts = new Int32Array(BUCKETS * GROUPS);
  return (emission) => {
    const seen: number[] = [];
    const starts: number[] = [];
    for (let i = 0; i < emission.hashes.length; i++) {
      const slot = (emission.groups[i] as number) * BUCKETS + bucketOf(emission.hashes[i] as number);
      while (starts.length <= (emission.blocks[i] as number)) starts.push(seen.length);
      if (counts[slot] === 0) seen.push(slot);
      counts[slot] = (counts[slot] as number) + 1;
    }
    const bag = bagOf(seen, counts, [...starts, seen.length]);
    for (const slot of seen) counts[slot] = 0;
    return bag;
  };
}

/** The part of a bag that the given blocks gave off, as one block. */
export function restrictBag({ buckets, groups, weights, starts }: Bag, blocks: readonly number[]): Bag {
  const ranges = blocks
    .map((block) => [starts[block] ?? 0, starts[block + 1] ?? 0] as const)
    .filter(([from, to]) => to > from);
  const length = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  const own = { buckets: new Int32Array(length), groups: new Uint8Array(length), weights: new Float32Array(length) };
  let at = 0;
  for (const [from, to] of ranges) {
    own.buckets.set(buckets.subarray(from, to), at);
    own.groups.set(groups.subarray(from, to), at);
    own.weights.set(weights.subarray(from, to), at);
    at += to - from;
  }
  return { ...own, starts: Int32Array.of(0, length) };
}

function bagOf(slots: readonly number[], counts: Int32Array, starts: readonly number[]): Bag {
  const buckets = new Int32Array(slots.length);
  const groups = new Uint8Array(slots.length);
  const weights = new Float32Array(slots.length);
  slots.forEach((slot, i) => {
    buckets[i] = slot % BUCKETS;
    groups[i] = Math.floor(slot / BUCKETS);
    weights[i] = 1 + Math.log(counts[slot] as number);
  });
  return { buckets, groups, weights, starts: Int32Array.from(starts) };
}
