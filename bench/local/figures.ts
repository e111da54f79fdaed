import { loadavg } from 'node:os';
import { diskSyncMs } from './disk.ts';
import type { Sample, Step, Way } from './measurement.ts';

/** One line of the result. */
export interface Figure {
  readonly figure: string;
  readonly way: Way;
  /** Which sources: `here`, or those given by `--beside`. */
  readonly sources: Sources;
  readonly n: number;
  readonly unit: 'ms' | 'MB';
  readonly median: number;
  readonly p95: number;
  /** null where a rate says nothing. */
  readonly perSecond: number | null;
  /** Load average of the last minute when it was measured. */
  readonly load: number;
  /** What the disk took for one sync then. */
  readonly diskSyncMs: number;
}

export type Sources = 'here' | 'beside';

export function figureOf(step: Step, sources: Sources, samples: readonly Sample[]): Figure {
  const values = samples.flatMap((sample) => sample.values).toSorted((a, b) => a - b);
  const done = samples.flatMap((sample) => (sample.done === null ? [] : [sample.done]));
  const count = done.reduce((sum, one) => sum + one.count, 0);
  const elapsedMs = done.reduce((sum, one) => sum + one.elapsedMs, 0);
  return {
    figure: step.figure,
    way: step.way,
    sources,
    n: values.length,
    unit: step.unit,
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    perSecond: done.length === 0 ? null : (count / elapsedMs) * 1000,
    load: loadavg()[0] ?? Number.NaN,
    diskSyncMs: diskSyncMs(),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
