import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TRIES = 20;
const BYTES = 16_384;

/** Median time in which the disk takes 16 KB for good, now: every acknowledged write waits for one of these. */
export function diskSyncMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'));
  const file = openSync(join(folder, 'sync'), 'w');
  const timesMs = Array.from({ length: TRIES }, () => {
    writeSync(file, Buffer.alloc(BYTES, 1));
    const atMs = performance.now();
    fdatasyncSync(file);
    return performance.now() - atMs;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return timesMs.toSorted((a, b) => a - b)[TRIES / 2] ?? Number.NaN;
}
