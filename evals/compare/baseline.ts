import type { Report } from '../report/report.ts';

/**
 * The part of a report that a later run is compared with, small enough to be committed and the same on every machine: one case
 * a line, nothing of what came in, no times.
 */
export function baselineOf({ about, gates, cases }: Report): string {
  const { workflow, set, setDigest, tiers } = about;
  const head = { format: 'remit baseline 1', workflow, set, setDigest, tiers };
  const passed = gates.filter(({ id }) => id !== 'latency').map(({ id, passes }) => ({ id, passes }));
  const rows = cases.map(({ id, digest, isRight, isAlone, costUsd }) =>
    JSON.stringify({ id, digest, isRight, isAlone, costUsd, tookMs: null }),
  );
  const fields = Object.entries({ ...head, gates: passed }).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{${fields.join(',\n')},\n"cases":[\n${rows.join(',\n')}\n]}\n`;
}
