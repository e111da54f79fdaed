/** One part of a parallel Scan. */
export interface Segment {
  readonly number: number;
  readonly total: number;
}

/** Whether items with this hash key belong to the segment. */
export function isInSegment(hash: Uint8Array, { number, total }: Segment): boolean {
  let sum = 2_166_136_261;
  for (const byte of hash) sum = Math.imul(sum ^ byte, 16_777_619) >>> 0;
  return sum % total === number;
}
