import { z } from 'zod';
import { AwsError, notBuilt } from '../kernel/errors.ts';
import { evaluate } from './math/evaluate.ts';
import type { MathWindow } from './math/functions.ts';
import { type MathNode, parseExpression } from './math/parse.ts';
import { type MathValue, type Series, seriesOf } from './math/series.ts';
import type { MetricName } from './metric.ts';
import type { MetricPoints, Sample } from './points.ts';
import { readStatistic, type Statistic } from './statistic.ts';

export const Dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));

export const MetricQueryInput = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/, 'must begin with a lower-case letter'),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  Period: z.int().optional(),
  ReturnData: z.boolean().optional(),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions }),
      Period: z.int().positive(),
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});
export type MetricQueryInput = z.output<typeof MetricQueryInput>;

/** Metrics and expressions over them, checked. All have the same period. */
export interface MetricQueries {
  readonly periodMs: number;
  readonly queries: ReadonlyMap<string, MetricQuery>;
}

export type MetricQuery =
  | {
      readonly kind: 'metric';
      readonly metric: MetricName;
      readonly statistic: Statistic;
      readonly unit: string | null;
    }
  | { readonly kind: 'expression'; readonly text: string; readonly node: MathNode };

/** @throws ValidationError for what CloudWatch would refuse */
export function readQueries(inputs: readonly MetricQueryInput[]): MetricQueries {
  const queries = new Map<string, MetricQuery>();
  const periods = new Set<number>();
  for (const input of inputs) {
    if (queries.has(input.Id)) throw new AwsError('ValidationError', `The Id ${input.Id} is used twice.`);
    queries.set(input.Id, readQuery(input));
    const period = input.MetricStat?.Period ?? input.Period;
    if (period !== undefined) periods.add(period);
  }
  if (periods.size > 1) throw notBuilt('CloudWatch', 'metric math over different periods');
  const [periodSeconds = 60] = periods;
  return { periodMs: periodSeconds * 1000, queries };
}

function readQuery({ Id, MetricStat: stat, Expression: text }: MetricQueryInput): MetricQuery {
  if (text !== undefined && stat === undefined) return { kind: 'expression', text, node: parseExpression(text) };
  if (stat === undefined || text !== undefined) {
    throw new AwsError('ValidationError', `Exactly one of MetricStat and Expression must be given for ${Id}.`);
  }
  const statistic = readStatistic(stat.Stat);
  if (statistic === null) throw notBuilt('CloudWatch', `statistic ${stat.Stat}`);
  const metric = {
    namespace: stat.Metric.Namespace,
    metricName: stat.Metric.MetricName,
    dimensions: stat.Metric.Dimensions,
  };
  return { kind: 'metric', metric, statistic, unit: stat.Unit ?? null };
}

/** The value of one query over the periods that begin at `times`. */
export function runQuery(
  points: MetricPoints,
  { queries, periodMs }: MetricQueries,
  id: string,
  times: readonly number[],
): MathValue {
  const window: MathWindow = { times, periodMs };
  const done = new Map<string, MathValue>();
  const resolve = (wanted: string, path: readonly string[]): MathValue | null => {
    const known = done.get(wanted);
    if (known !== undefined) return known;
    const query = queries.get(wanted);
    if (query === undefined) return null;
    if (path.includes(wanted)) throw new AwsError('ValidationError', `The expression of ${wanted} refers to itself.`);
    const value: MathValue =
      query.kind === 'metric'
        ? { kind: 'series', series: metricSeries(points, query, window) }
        : evaluate(query.node, {
            expression: query.text,
            window,
            resolve: (other) => resolve(other, [...path, wanted]),
            metrics: () => metricsOf(queries, points, window),
          });
    done.set(wanted, value);
    return value;
  };
  const value = resolve(id, []);
  if (value === null) throw new AwsError('ValidationError', `There is no query with the Id ${id}.`);
  return value;
}

function metricsOf(
  queries: ReadonlyMap<string, MetricQuery>,
  points: MetricPoints,
  window: MathWindow,
): ReadonlyMap<string, Series> {
  const series = new Map<string, Series>();
  for (const [id, query] of queries) {
    if (query.kind === 'metric') series.set(id, metricSeries(points, query, window));
  }
  return series;
}

function metricSeries(
  points: MetricPoints,
  query: Extract<MetricQuery, { kind: 'metric' }>,
  { times, periodMs }: MathWindow,
): Series {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return new Map();
  const byPeriod = new Map<number, Sample[]>();
  for (const sample of points.samples(query.metric, first, last + periodMs, query.unit)) {
    const atMs = first + Math.floor((sample.atMs - first) / periodMs) * periodMs;
    const samples = byPeriod.get(atMs);
    if (samples === undefined) byPeriod.set(atMs, [sample]);
    else samples.push(sample);
  }
  return seriesOf([...byPeriod].map(([atMs, samples]) => [atMs, query.statistic(samples) ?? Number.NaN] as const));
}

/** The starts of all periods from `fromMs` to before `toMs`, on whole periods. */
export function periodStarts(fromMs: number, toMs: number, periodMs: number): number[] {
  const first = Math.floor(fromMs / periodMs) * periodMs;
  const count = Math.max(0, Math.ceil((toMs - first) / periodMs));
  return Array.from({ length: count }, (_, index) => first + index * periodMs);
}
