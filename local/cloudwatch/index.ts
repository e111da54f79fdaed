import { Outbox } from '../delivery/outbox.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { AlarmInput, type AlarmState } from './alarm.ts';
import { Alarms } from './alarms.ts';
import { pointsInLogLine } from './emf.ts';
import { AlarmEvaluator } from './evaluator.ts';
import type { MetricPoint } from './metric.ts';
import { alarmFrom, alarmOperations } from './operations/alarms.ts';
import { addPoints, metricOperations } from './operations/metrics.ts';
import { type CloudwatchParts, INVALID_PARAMETER } from './parts.ts';
import { MetricPoints, type MetricSummary } from './points.ts';

const KEPT_MS = 63 * 86_400_000;

/** CloudWatch: metrics from the API, from log lines and from the services of this runtime, and alarms over them. */
export function createCloudwatch(options: CloudwatchOptions): CloudwatchService {
  const points = new MetricPoints(options.store);
  const alarms = new Alarms(options.store, options.place);
  const outbox = new Outbox({
    ...options,
    owner: 'cloudwatch',
    onDropped: ({ deadLetter }, { failure }) =>
      console.error(
        `The action ${deadLetter.about['ACTION_ARN']} of ${deadLetter.about['ALARM_ARN']} was dropped: ${failure.code}: ${failure.message}`,
      ),
  });
  const evaluator = new AlarmEvaluator({ ...options, points, alarms, outbox });
  const parts: CloudwatchParts = { ...options, points, alarms, outbox, evaluator };
  const ensured = new Set<string>();
  const record = (recorded: readonly MetricPoint[]): void => {
    void addPoints(parts, recorded).catch((error: unknown) => console.error('Metrics could not be kept:', error));
  };
  return {
    name: 'cloudwatch',
    operations: { ...metricOperations(parts), ...alarmOperations(parts) },
    ensureAlarm: (properties) => {
      const arn = ensureAlarm(parts, properties);
      ensured.add(arn);
      return arn;
    },
    ingestLogLine: ({ line }) => record(pointsInLogLine(line)),
    recordMetric: (point) => record([point]),
    alarms: () => alarms.all().map(view),
    metrics: () => points.summaries(),
    start: () => {
      options.store.writeNow(() => {
        points.removeBefore(options.clock.now() - KEPT_MS);
        const leftOver = alarms.all().filter((alarm) => alarm.isFromTemplate && !ensured.has(alarm.arn));
        for (const alarm of leftOver) alarms.remove(alarm.name);
      });
      outbox.start();
      evaluator.start();
    },
    stop: () => {
      evaluator.stop();
      outbox.stop();
    },
  };
}

export interface CloudwatchOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  /** Levels such as the depth of queues; while one is not zero, they are read at every full minute. */
  readonly gauges?: () => readonly MetricPoint[];
}

export interface CloudwatchService extends Service {
  /**
   * Makes the alarm of a template, or brings one that is there in line, which keeps its state; answers its ARN.
   * `properties` are those of AWS::CloudWatch::Alarm, resolved, with AlarmName.
   */
  ensureAlarm(properties: JsonObject): string;
  /** Takes metric values out of a line in embedded metric format; any other line is passed over. The line carries its own time. */
  ingestLogLine(line: LogLine): void;
  /** A value of a metric that an AWS service has of its own, as AWS/Lambda Errors. */
  recordMetric(point: MetricPoint): void;
  alarms(): readonly AlarmView[];
  metrics(): readonly MetricSummary[];
  /** Removes alarms of earlier templates and values older than 63 days, and judges alarms from the next full minute on. */
  start(): void;
  stop(): void;
}

export interface LogLine {
  readonly logGroup: string;
  readonly line: string;
  readonly atMs: number;
}

export interface AlarmView {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly state: AlarmState;
  readonly reason: string;
  readonly changedAtMs: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly actions: readonly string[];
}

export type { MetricPoint } from './metric.ts';
export type { MetricSummary } from './points.ts';

function ensureAlarm(parts: CloudwatchParts, properties: JsonObject): string {
  const definition = parseInput(
    { service: 'CloudWatch', name: 'AWS::CloudWatch::Alarm', invalidCode: INVALID_PARAMETER, input: AlarmInput },
    properties,
  );
  const alarm = alarmFrom(parts, definition, true);
  parts.store.writeNow(() => parts.alarms.save(alarm));
  parts.evaluator.wake();
  return alarm.arn;
}

function view({ name, arn, definition, state, reason, changedAtMs }: ReturnType<Alarms['get']>): AlarmView {
  return {
    name,
    arn,
    description: definition.AlarmDescription,
    state,
    reason,
    changedAtMs,
    threshold: definition.Threshold,
    comparison: definition.ComparisonOperator,
    actions: definition.AlarmActions,
  };
}
