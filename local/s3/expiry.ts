import type { Bucket } from './buckets.ts';

const DAY_MS = 86_400_000;

/** Objects of this key that were put before are gone: days are counted from the midnight (UTC) after. */
export function goneBeforeMs({ expiry }: Bucket, key: string, nowMs: number): number {
  const days = expiry.filter(({ prefix }) => key.startsWith(prefix)).map((rule) => rule.days);
  if (days.length === 0) return 0;
  return Math.floor(nowMs / DAY_MS) * DAY_MS - Math.min(...days) * DAY_MS;
}
