import type { Sample } from './points.ts';

/** Works out one value from the samples of a period; null where there are none. */
export type Statistic = (samples: readonly Sample[]) => number | null;

/** Reads `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` and percentiles as `p95` or `p99.9`; null for others. */
export function readStatistic(name: string): Statistic | null {
  const percentile = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  if (percentile !== undefined) return whenAny((samples) => percentileOf(samples, Number(percentile)));
  const known = SIMPLE[name];
  return known === undefined ? null : whenAny(known);
}

const SIMPLE: Readonly<Record<string, (samples: readonly Sample[]) => number>> = {
  Sum: sum,
  SampleCount: countOf,
  Average: (samples) => sum(samples) / countOf(samples),
  Minimum: (samples) => samples.reduce((low, { value }) => Math.min(low, value), Number.POSITIVE_INFINITY),
  Maximum: (samples) => samples.reduce((high, { value }) => Math.max(high, value), Number.NEGATIVE_INFINITY),
};

function whenAny(statistic: (samples: readonly Sample[]) => number): Statistic {
  return (samples) => (samples.length === 0 ? null : statistic(samples));
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { value, count }) => total + value * count, 0);
}

function countOf(samples: readonly Sample[]): number {
  return samples.reduce((total, { count }) => total + count, 0);
}

/** The smallest value that so many percent of all values do not exceed. */
function percentileOf(samples: readonly Sample[], percent: number): number {
  const ordered = [...samples].sort((a, b) => a.value - b.value);
  const rank = Math.max(1, Math.ceil((percent / 100) * countOf(ordered)));
  let seen = 0;
  for (const { value, count } of ordered) {
    seen += count;
    if (seen >= rank) return value;
  }
  return ordered.at(-1)?.value ?? Number.NaN;
}
