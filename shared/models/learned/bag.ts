import type { Emission } from './emission.ts';
import { GROUPS } from './emission.ts';
import { BUCKETS, bucketOf } from './hashing.ts';

/** The features of one case, each bucket once per group. */
export interface Bag {
  readonly buckets: Int32Array;
  readonly groups: Uint8Array;
  /** Path or cross of the plan; the first where several share a bucket. */
  readonly blocks: Uint16Array;
  /** 1 + ln count in texts. */
  readonly weights: Float32Array;
}

/** Returns the function that counts an emission. It keeps a scratch table between calls, emptied after each. */
export function bagger(): (emission: Emission) => Bag {
  const counts = new Int32Array(BUCKETS * GROUPS);
  return (emission) => {
    const seen: number[] = [];
    const blocks: number[] = [];
    for (let i = 0; i < emission.hashes.length; i++) {
      const slot = (emission.groups[i] as number) * BUCKETS + bucketOf(emission.hashes[i] as number);
      if (counts[slot] === 0) {
        seen.push(slot);
        blocks.push(emission.blocks[i] as number);
      }
      counts[slot] = (counts[slot] as number) + 1;
    }
    const bag = bagOf(seen, blocks, counts);
    for (const slot of seen) counts[slot] = 0;
    return bag;
  };
}

function bagOf(slots: readonly number[], blocks: readonly number[], counts: Int32Array): Bag {
  const buckets = new Int32Array(slots.length);
  const groups = new Uint8Array(slots.length);
  const weights = new Float32Array(slots.length);
  slots.forEach((slot, i) => {
    buckets[i] = slot % BUCKETS;
    groups[i] = Math.floor(slot / BUCKETS);
    weights[i] = 1 + Math.log(counts[slot] as number);
  });
  return { buckets, groups, blocks: Uint16Array.from(blocks), weights };
}
