/** Text buckets and category buckets share one space of this size. */
export const BUCKETS = 65_536;

const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Starts a hash that goes on over more text with `hashMore`. FNV-1a over UTF-16 units. */
export function hashStart(text: string): number {
  return hashMore(OFFSET_BASIS, text);
}

export function hashMore(state: number, text: string): number {
  let next = state;
  for (let i = 0; i < text.length; i++) next = hashUnit(next, text.charCodeAt(i));
  return next;
}

export function hashUnit(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME);
}

/** The finished 32-bit hash; its low 16 bits are the bucket. FNV alone mixes short texts badly. */
export function hashEnd(state: number): number {
  let hash = state;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}

export function bucketOf(hash: number): number {
  return hash & (BUCKETS - 1);
}
