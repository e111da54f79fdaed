import { type MathValue, mapSeries, type Series, scalar, seriesOf, seriesValue, timesOf } from './series.ts';

/** The periods that an expression is worked out over. */
export interface MathWindow {
  /** The starts of all periods in milliseconds, in order. */
  readonly times: readonly number[];
  readonly periodMs: number;
}

/** A function of metric math; null for arguments that it does not take. */
export type MathFunction = (args: readonly MathValue[], window: MathWindow) => MathValue | null;

export const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  SUM: aggregate((values) => values.reduce((total, value) => total + value, 0)),
  AVG: aggregate(average, 0),
  MIN: aggregate((values) => Math.min(...values)),
  MAX: aggregate((values) => Math.max(...values)),
  STDDEV: aggregate((values) => {
    const mean = average(values);
    return Math.sqrt(average(values.map((value) => (value - mean) ** 2)));
  }),
  ABS: each(Math.abs),
  CEIL: each(Math.ceil),
  FLOOR: each(Math.floor),
  LOG: each(Math.log),
  LOG10: each(Math.log10),
  DIFF: onSeries((series) => differences(series, (change) => change)),
  DIFF_TIME: onSeries((series) => differences(series, (_change, elapsedMs) => elapsedMs / 1000)),
  RATE: onSeries((series) => differences(series, (change, elapsedMs) => change / (elapsedMs / 1000))),
  RUNNING_SUM: onSeries((series) => {
    let total = 0;
    return mapSeries(series, (value) => {
      total += value;
      return total;
    });
  }),
  PERIOD: (_args, window) => scalar(window.periodMs / 1000),
  TIME_SERIES: ([value], window) =>
    value?.kind === 'scalar' ? seriesValue(window.times.map((atMs) => [atMs, value.value] as const)) : null,
  METRIC_COUNT: ([value]) => (value?.kind === 'array' ? scalar(value.items.length) : null),
  FILL: fill,
  IF: choose,
};

function average(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/**
 * Of several series, one value for each time; of one series, one value for all of it. A series that has no value at a
 * time is left out there, or counts as `missing`.
 */
function aggregate(combine: (values: readonly number[]) => number, missing: number | null = null): MathFunction {
  return ([value, ...more]) => {
    if (value === undefined || more.length > 0) return null;
    if (value.kind === 'scalar') return scalar(combine([value.value]));
    if (value.kind === 'series')
      return scalar(value.series.size === 0 ? Number.NaN : combine([...value.series.values()]));
    if (value.kind === 'text') return null;
    const { items } = value;
    const valuesAt = (atMs: number): number[] => items.flatMap((series) => series.get(atMs) ?? missing ?? []);
    return seriesValue(timesOf(items).map((atMs) => [atMs, combine(valuesAt(atMs))] as const));
  };
}

function each(change: (value: number) => number): MathFunction {
  return ([value]) => {
    if (value?.kind === 'scalar') return scalar(change(value.value));
    return onSeries((series) => mapSeries(series, change))(value === undefined ? [] : [value], NO_WINDOW);
  };
}

const NO_WINDOW: MathWindow = { times: [], periodMs: 0 };

function onSeries(change: (series: Series) => Series): MathFunction {
  return ([value]) => {
    if (value?.kind === 'series') return { kind: 'series', series: change(value.series) };
    return value?.kind === 'array' ? { kind: 'array', items: value.items.map(change) } : null;
  };
}

/** From each data point to the one before it; the first has none. */
function differences(series: Series, measure: (change: number, elapsedMs: number) => number): Series {
  const points = [...series].sort(([a], [b]) => a - b);
  return seriesOf(
    points.slice(1).map(([atMs, value], index) => {
      const [beforeMs, before] = points[index] ?? [atMs, value];
      return [atMs, measure(value - before, atMs - beforeMs)] as const;
    }),
  );
}

/** With a number, another series, or REPEAT of the value before. */
function fill([value, filler]: readonly MathValue[], window: MathWindow): MathValue | null {
  if (value === undefined || filler === undefined) return null;
  const fillOne = fillerOf(filler, window);
  return fillOne === null ? null : onSeries(fillOne)([value], window);
}

function fillerOf(filler: MathValue, window: MathWindow): ((series: Series) => Series) | null {
  if (filler.kind === 'text' && filler.text === 'REPEAT') return (series) => repeated(series, window);
  if (filler.kind !== 'scalar' && filler.kind !== 'series') return null;
  const fillAt = (atMs: number): number | undefined =>
    filler.kind === 'scalar' ? filler.value : filler.series.get(atMs);
  return (series) =>
    seriesOf(
      window.times.flatMap((atMs) => {
        const value = series.get(atMs) ?? fillAt(atMs);
        return value === undefined ? [] : [[atMs, value] as const];
      }),
    );
}

function repeated(series: Series, window: MathWindow): Series {
  const entries: [number, number][] = [];
  let last: number | undefined;
  for (const atMs of window.times) {
    last = series.get(atMs) ?? last;
    if (last !== undefined) entries.push([atMs, last]);
  }
  return seriesOf(entries);
}

/**
 * `IF(condition, then, else)`: where the condition has no value there is none. Of the chosen part, a `then` that has no
 * value is 0, and an `else` that has none leaves the time out.
 */
function choose([condition, yes, no]: readonly MathValue[]): MathValue | null {
  if (condition === undefined || yes === undefined) return null;
  if (condition.kind === 'scalar') return condition.value === 0 ? (no ?? seriesValue([])) : yes;
  if (condition.kind !== 'series') return null;
  return seriesValue(
    [...condition.series].flatMap(([atMs, holds]) => {
      const value = holds === 0 ? valueAt(no, atMs) : (valueAt(yes, atMs) ?? 0);
      return value === undefined ? [] : [[atMs, value] as const];
    }),
  );
}

function valueAt(value: MathValue | undefined, atMs: number): number | undefined {
  if (value?.kind === 'scalar') return value.value;
  return value?.kind === 'series' ? value.series.get(atMs) : undefined;
}
