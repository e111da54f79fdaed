import type { Report } from '../report/report.ts';

/**
 * The part of a report that a later run is compared with, small enough to be committed and the same on every machine: a head
 * and one case a line, nothing of what came in, no times.
 */
export function baselineOf({ about, gates, cases }: Report): string {
  const { workflow, set, setDigest, tiers } = about;
  const head = { format: 'remit baseline 1', workflow, set, setDigest, tiers };
  const passed = gates.filter(({ id }) => id !== 'latency').map(({ id, passes }) => ({ id, passes }));
  const rows = cases.map(({ id, digest, isRight, isAlone, costUsd }) => ({
    id,
    digest,
    isRight,
    isAlone,
    costUsd,
    tookMs: null,
  }));
  return [{ ...head, gates: passed }, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
}
