import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError, notBuilt } from '../../kernel/errors.ts';
import type { Json, JsonObject, Operation } from '../../kernel/service.ts';
import type { MathValue, Series } from '../math/series.ts';
import type { MetricName, MetricPoint } from '../metric.ts';
import { type CloudwatchParts, cloudwatchOperation, write } from '../parts.ts';
import { Dimensions, MetricQueryInput, periodStarts, readQueries, runQuery } from '../query.ts';
import { readStatistic } from '../statistic.ts';

/** Seconds since the epoch on the wire, or ISO text; milliseconds here. */
const Moment = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

export function metricOperations(parts: CloudwatchParts): Record<string, Operation> {
  return {
    PutMetricData: cloudwatchOperation({
      name: 'PutMetricData',
      input: PutInput,
      permissions: (input) => [
        { action: 'cloudwatch:PutMetricData', resource: '*', context: { 'cloudwatch:namespace': [input.Namespace] } },
      ],
      run: (input) => put(parts, input),
    }),
    GetMetricData: cloudwatchOperation({
      name: 'GetMetricData',
      input: GetDataInput,
      permissions: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
      run: (input) => getData(parts, input),
    }),
    GetMetricStatistics: cloudwatchOperation({
      name: 'GetMetricStatistics',
      input: GetStatisticsInput,
      permissions: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
      run: (input) => getStatistics(parts, input),
    }),
    ListMetrics: cloudwatchOperation({
      name: 'ListMetrics',
      input: ListInput,
      permissions: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
      run: (input) => ({
        Metrics: parts.points
          .list()
          .filter((metric) => isWanted(metric, input))
          .map(described),
      }),
    }),
  };
}

const PutInput = z.strictObject({
  Namespace: z.string().min(1),
  MetricData: z
    .array(
      z.strictObject({
        MetricName: z.string().min(1),
        Dimensions,
        Timestamp: Moment.optional(),
        Value: z.number().optional(),
        Values: z.array(z.number()).optional(),
        Counts: z.array(z.number().positive()).optional(),
        Unit: z.string().optional(),
        StorageResolution: z.int().optional(),
      }),
    )
    .min(1)
    .max(1000),
});

type Datum = z.output<typeof PutInput>['MetricData'][number];

/** @throws InvalidParameterValueException and its like for what CloudWatch would refuse */
function checkData(input: z.output<typeof PutInput>): void {
  if (input.Namespace.startsWith('AWS/')) {
    throw new AwsError('InvalidParameterValueException', 'The value AWS/ for parameter Namespace is invalid.');
  }
  for (const [index, datum] of input.MetricData.entries()) checkDatum(datum, `MetricData.member.${index + 1}`);
}

function checkDatum({ Value, Values, Counts }: Datum, where: string): void {
  if (Value !== undefined && Values !== undefined) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `The parameters ${where}.Value and ${where}.Values are mutually exclusive and you have specified both.`,
    );
  }
  if (Value === undefined && (Values === undefined || Values.length === 0)) {
    throw new AwsError(
      'MissingParameterException',
      `At least one of ${where}.Value and ${where}.Values must be given.`,
    );
  }
  if (Counts !== undefined && Counts.length !== Values?.length) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The parameters ${where}.Values and ${where}.Counts must be of the same size.`,
    );
  }
}

async function put(parts: CloudwatchParts, input: z.output<typeof PutInput>): Promise<JsonObject> {
  checkData(input);
  const nowMs = parts.clock.now();
  const points = input.MetricData.flatMap((datum) => {
    const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value]);
    return values.map((value, index) => ({
      namespace: input.Namespace,
      metricName: datum.MetricName,
      dimensions: datum.Dimensions,
      value,
      count: datum.Counts?.[index] ?? 1,
      unit: datum.Unit ?? 'None',
      atMs: datum.Timestamp ?? nowMs,
    }));
  });
  await addPoints(parts, points);
  return {};
}

/** Puts values on disk and has the alarms look at them at the next full minute. */
export async function addPoints(
  parts: Pick<CloudwatchParts, 'store' | 'activity' | 'points' | 'evaluator'>,
  points: readonly MetricPoint[],
): Promise<void> {
  if (points.length === 0) return;
  await write(parts, () => {
    for (const point of points) parts.points.add(point);
  });
  parts.evaluator.wake();
}

const GetDataInput = z.strictObject({
  MetricDataQueries: z.array(MetricQueryInput).min(1).max(500),
  StartTime: Moment,
  EndTime: Moment,
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

function getData(parts: CloudwatchParts, input: z.output<typeof GetDataInput>): JsonObject {
  const queries = readQueries(input.MetricDataQueries);
  const times = periodStarts(input.StartTime, input.EndTime, queries.periodMs);
  const wanted = input.MetricDataQueries.filter((query) => query.ReturnData !== false);
  const results = wanted.flatMap((query) => {
    const value = runQuery(parts.points, queries, query.Id, times);
    const label = query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id;
    return seriesOfResult(value, times).map((series) => {
      const entries = [...series].sort(([a], [b]) => (input.ScanBy === 'TimestampAscending' ? a - b : b - a));
      return {
        Id: query.Id,
        Label: label,
        Timestamps: entries.map(([atMs]) => atMs / 1000),
        Values: entries.map(([, number]) => number),
        StatusCode: 'Complete',
      };
    });
  });
  return { MetricDataResults: results, Messages: [] };
}

function seriesOfResult(value: MathValue, times: readonly number[]): readonly Series[] {
  switch (value.kind) {
    case 'series':
      return [value.series];
    case 'array':
      return value.items;
    case 'scalar':
      return [new Map(times.map((atMs) => [atMs, value.value]))];
    case 'text':
      return [];
  }
}

const GetStatisticsInput = z.strictObject({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions,
  StartTime: Moment,
  EndTime: Moment,
  Period: z.int().positive(),
  Statistics: z.array(z.string()).default([]),
  ExtendedStatistics: z.array(z.string()).default([]),
  Unit: z.string().optional(),
});

function getStatistics(parts: CloudwatchParts, input: z.output<typeof GetStatisticsInput>): JsonObject {
  if (input.Statistics.length + input.ExtendedStatistics.length === 0) {
    throw new AwsError('InvalidParameterCombinationException', 'Must specify either Statistics or ExtendedStatistics');
  }
  const { Namespace: namespace, MetricName: metricName, Dimensions: dimensions, Unit: unit = null } = input;
  const periodMs = input.Period * 1000;
  const Datapoints = periodStarts(input.StartTime, input.EndTime, periodMs).flatMap((atMs) => {
    const samples = parts.points.samples({ namespace, metricName, dimensions }, atMs, atMs + periodMs, unit);
    if (samples.length === 0) return [];
    const valueOfStatistic = (name: string): Json => {
      const statistic = readStatistic(name);
      if (statistic === null) throw notBuilt('CloudWatch', `statistic ${name}`);
      return statistic(samples) ?? 0;
    };
    const simple = input.Statistics.map((name) => [name, valueOfStatistic(name)] as const);
    const extended = input.ExtendedStatistics.map((name) => [name, valueOfStatistic(name)] as const);
    return [
      present({
        Timestamp: atMs / 1000,
        Unit: unit ?? 'None',
        ...Object.fromEntries(simple),
        ExtendedStatistics: extended.length === 0 ? undefined : Object.fromEntries(extended),
      }),
    ];
  });
  return { Label: metricName, Datapoints };
}

const ListInput = z.strictObject({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string().optional() })).default([]),
});

function isWanted(metric: MetricName, filter: z.output<typeof ListInput>): boolean {
  if (filter.Namespace !== undefined && metric.namespace !== filter.Namespace) return false;
  if (filter.MetricName !== undefined && metric.metricName !== filter.MetricName) return false;
  return filter.Dimensions.every(({ Name, Value }) => {
    const actual = metric.dimensions[Name];
    return actual !== undefined && (Value === undefined || Value === actual);
  });
}

function described(metric: MetricName): JsonObject {
  return {
    Namespace: metric.namespace,
    MetricName: metric.metricName,
    Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
