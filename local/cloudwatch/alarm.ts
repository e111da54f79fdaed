import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { Dimensions, type MetricQueries, MetricQueryInput, readQueries } from './query.ts';

export const COMPARISONS = {
  GreaterThanOrEqualToThreshold: {
    words: 'greater than or equal to',
    holds: (value: number, bound: number) => value >= bound,
  },
  GreaterThanThreshold: { words: 'greater than', holds: (value: number, bound: number) => value > bound },
  LessThanThreshold: { words: 'less than', holds: (value: number, bound: number) => value < bound },
  LessThanOrEqualToThreshold: {
    words: 'less than or equal to',
    holds: (value: number, bound: number) => value <= bound,
  },
} as const;

export type ComparisonOperator = keyof typeof COMPARISONS;
export type TreatMissingData = 'missing' | 'notBreaching' | 'breaching' | 'ignore';
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

const ActionArns = z.array(z.string()).max(5).default([]);

/** An alarm, the same in the template and in the API. */
export const AlarmInput = z.strictObject({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().default(''),
  ActionsEnabled: z.boolean().default(true),
  AlarmActions: ActionArns,
  OKActions: ActionArns,
  InsufficientDataActions: ActionArns,
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions,
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: z.int().positive().optional(),
  Unit: z.string().optional(),
  Metrics: z.array(MetricQueryInput).min(1).optional(),
  EvaluationPeriods: z.int().positive(),
  DatapointsToAlarm: z.int().positive().optional(),
  Threshold: z.number(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  TreatMissingData: z.enum(['missing', 'notBreaching', 'breaching', 'ignore']).default('missing'),
  Tags: z.unknown().optional(),
});
export type AlarmDefinition = z.output<typeof AlarmInput>;

/** What an alarm watches: one query of several, or its single metric. */
export interface AlarmWatch {
  readonly queries: MetricQueries;
  readonly queryId: string;
  readonly datapointsToAlarm: number;
}

/** @throws ValidationError */
export function watchOf(definition: AlarmDefinition): AlarmWatch {
  const watch = readWatch(definition);
  checkLength(definition.EvaluationPeriods, watch.queries.periodMs / 1000);
  return watch;
}

const DAY_SECONDS = 86_400;

/** A day at most, or a week with periods of an hour and more. */
function checkLength(evaluationPeriods: number, periodSeconds: number): void {
  if (![10, 20, 30].includes(periodSeconds) && periodSeconds % 60 !== 0) {
    throw new AwsError('ValidationError', 'Period must be 10, 20, 30 or a multiple of 60.');
  }
  const longest = periodSeconds >= 3600 ? 7 * DAY_SECONDS : DAY_SECONDS;
  if (evaluationPeriods * periodSeconds > longest) {
    throw new AwsError(
      'ValidationError',
      `Metrics cannot be checked across so long a time (EvaluationPeriods * Period must be <= ${longest}).`,
    );
  }
}

function readWatch(definition: AlarmDefinition): AlarmWatch {
  const datapointsToAlarm = definition.DatapointsToAlarm ?? definition.EvaluationPeriods;
  if (datapointsToAlarm > definition.EvaluationPeriods) {
    throw new AwsError('ValidationError', 'DatapointsToAlarm must be less than or equal to EvaluationPeriods.');
  }
  const inputs = definition.Metrics ?? [singleMetric(definition)];
  const returned = inputs.filter((input) => input.ReturnData !== false);
  const [watched, ...others] = returned;
  if (watched === undefined || others.length > 0) {
    throw new AwsError('ValidationError', 'Exactly one element of the metrics list should return data.');
  }
  return { queries: readQueries(inputs), queryId: watched.Id, datapointsToAlarm };
}

function singleMetric(definition: AlarmDefinition): MetricQueryInput {
  const { Namespace, MetricName, Dimensions: dimensions, Period, Unit } = definition;
  const Stat = definition.Statistic ?? definition.ExtendedStatistic;
  if (Namespace === undefined || MetricName === undefined || Period === undefined || Stat === undefined) {
    throw new AwsError('ValidationError', 'MetricName, Namespace, Period and a statistic must be given, or Metrics.');
  }
  const Metric = { Namespace, MetricName, Dimensions: dimensions };
  return { Id: 'm1', MetricStat: { Metric, Period, Stat, ...(Unit === undefined ? {} : { Unit }) } };
}
