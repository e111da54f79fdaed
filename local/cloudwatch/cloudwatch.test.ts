import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { AwsCall, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createCloudwatch, type MetricPoint } from './index.ts';

const MINUTE_MS = 60_000;
const topic = 'arn:aws:sns:eu-west-1:000000000000:alarms';

const opened: { stop(): void }[] = [];
afterEach(() => {
  for (const runtime of opened.splice(0)) runtime.stop();
});

describe('metrics', () => {
  it('come in from a log line in embedded metric format, once for each dimension set', async () => {
    const { cloudwatch, clock, call, idle } = open();
    const line = JSON.stringify({
      _aws: {
        Timestamp: clock.now(),
        CloudWatchMetrics: [
          {
            Namespace: 'Remit',
            Dimensions: [['service'], ['service', 'workflow'], ['service', 'unknown']],
            Metrics: [{ Name: 'Latency', Unit: 'Milliseconds' }, { Name: 'Absent' }],
          },
        ],
      },
      service: 'agent',
      workflow: 'lead',
      Latency: [10, 30],
    });
    cloudwatch.ingestLogLine({ logGroup: '/aws/lambda/f', line, atMs: clock.now() });
    cloudwatch.ingestLogLine({ logGroup: '/aws/lambda/f', line: 'START RequestId: 1', atMs: clock.now() });
    await idle();

    const service = { Name: 'service', Value: 'agent' };
    const named = { Namespace: 'Remit', MetricName: 'Latency' };
    expect(await call('ListMetrics', { Namespace: 'Remit' })).toEqual({
      Metrics: [
        { ...named, Dimensions: [service] },
        { ...named, Dimensions: [service, { Name: 'workflow', Value: 'lead' }] },
      ],
    });
    expect(cloudwatch.metrics()[0]).toMatchObject({ sampleCount: 2, sum: 40, minimum: 10, maximum: 30 });
  });

  it('answer statistics and percentiles exactly', async () => {
    const { clock, call } = open();
    const now = Math.floor(clock.now() / MINUTE_MS) * 60;
    const Values = Array.from({ length: 100 }, (_, index) => index + 1);
    await call('PutMetricData', { Namespace: 'N', MetricData: [{ MetricName: 'm', Values, Timestamp: now }] });

    const answer = await call('GetMetricStatistics', {
      Namespace: 'N',
      MetricName: 'm',
      StartTime: now,
      EndTime: now + 60,
      Period: 60,
      Statistics: ['Average', 'Sum', 'SampleCount', 'Minimum', 'Maximum'],
      ExtendedStatistics: ['p50', 'p99', 'p99.9'],
    });

    expect(answer['Datapoints']).toEqual([
      {
        Timestamp: now,
        Unit: 'None',
        Average: 50.5,
        Sum: 5050,
        SampleCount: 100,
        Minimum: 1,
        Maximum: 100,
        ExtendedStatistics: { p50: 50, p99: 99, 'p99.9': 100 },
      },
    ]);
  });

  it('are queried with math over them, newest first', async () => {
    const { clock, call } = open();
    const now = Math.floor(clock.now() / MINUTE_MS) * 60;
    for (const [minute, Value] of [1, 2, 3].entries()) {
      const MetricData = [{ MetricName: 'm', Value, Timestamp: now + minute * 60 }];
      await call('PutMetricData', { Namespace: 'N', MetricData });
    }
    const MetricStat = { Metric: { Namespace: 'N', MetricName: 'm' }, Period: 60, Stat: 'Sum' };
    const answer = await call('GetMetricData', {
      StartTime: now,
      EndTime: now + 180,
      MetricDataQueries: [
        { Id: 'm1', MetricStat, ReturnData: false },
        { Id: 'e1', Expression: 'm1 * 10', Label: 'ten' },
      ],
    });
    expect(answer['MetricDataResults']).toEqual([
      { Id: 'e1', Label: 'ten', Timestamps: [now + 120, now + 60, now], Values: [30, 20, 10], StatusCode: 'Complete' },
    ]);
  });
});

describe('alarms', () => {
  it('go off on a rate over two metrics, tell the topic, and come back', async () => {
    const { cloudwatch, clock, calls, record } = open();
    cloudwatch.ensureAlarm(errorRate({ OKActions: [topic] }));
    cloudwatch.start();
    record('Cases', 10);
    record('Errors', 2);
    await clock.advance(MINUTE_MS);

    expect(cloudwatch.alarms()).toMatchObject([
      {
        name: 'error-rate',
        state: 'ALARM',
        reason: expect.stringMatching(
          /^Threshold Crossed: 1 out of the last 1 datapoint \[20\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)\] was greater than the threshold \(5\.0\) \(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
        ),
      },
    ]);
    expect(calls).toMatchObject([
      {
        service: 'sns',
        operation: 'Publish',
        input: { TopicArn: topic, Subject: 'ALARM: "error-rate" in eu-west-1' },
        caller: { kind: 'service', service: 'cloudwatch.amazonaws.com' },
      },
    ]);
    expect(JSON.parse(String(calls[0]?.input['Message']))).toMatchObject({
      AlarmName: 'error-rate',
      NewStateValue: 'ALARM',
      OldStateValue: 'INSUFFICIENT_DATA',
    });

    record('Cases', 10);
    await clock.advance(10 * MINUTE_MS);
    expect(cloudwatch.alarms()).toMatchObject([{ state: 'OK' }]);
    expect(calls).toHaveLength(2);
  });

  it('need as many data points as asked for', async () => {
    const { cloudwatch, clock, record } = open();
    cloudwatch.ensureAlarm(depth({ EvaluationPeriods: 3, DatapointsToAlarm: 2 }));
    cloudwatch.start();
    const states: string[] = [];
    for (const value of [9, 1, 9, 1, 1]) {
      record('Depth', value);
      await clock.advance(MINUTE_MS);
      states.push(cloudwatch.alarms()[0]?.state ?? '');
    }
    expect(states).toEqual(['INSUFFICIENT_DATA', 'OK', 'ALARM', 'OK', 'OK']);
  });

  it('go off when nothing comes in and that is treated as breaching', async () => {
    const { cloudwatch, clock } = open();
    cloudwatch.ensureAlarm(depth({ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' }));
    cloudwatch.start();
    await clock.advance(2 * MINUTE_MS);
    expect(cloudwatch.alarms()).toMatchObject([
      {
        state: 'ALARM',
        reason:
          'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
      },
    ]);
  });

  it('watch gauges while one is not zero, and sleep after it', async () => {
    let depthNow = 3;
    let readings = 0;
    const { cloudwatch, clock } = open(':memory:', () => {
      readings += 1;
      return [{ namespace: 'N', metricName: 'Depth', dimensions: {}, value: depthNow, atMs: clock.now() }];
    });
    cloudwatch.ensureAlarm(depth({ Threshold: 0 }));
    cloudwatch.start();
    await clock.advance(2 * MINUTE_MS);
    expect(cloudwatch.alarms()).toMatchObject([{ state: 'ALARM' }]);

    depthNow = 0;
    await clock.advance(10 * MINUTE_MS);
    expect(cloudwatch.alarms()).toMatchObject([{ state: 'OK' }]);
    const readingsBefore = readings;
    await clock.advance(60 * MINUTE_MS);
    expect(readings).toBe(readingsBefore);
  });

  it('keep their state over a restart, and go when the template no longer has them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cloudwatch-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    before.cloudwatch.ensureAlarm(depth({}));
    before.cloudwatch.ensureAlarm(depth({ AlarmName: 'old' }));
    before.cloudwatch.start();
    before.record('Depth', 9);
    await before.clock.advance(MINUTE_MS);
    before.stop();

    const after = open(path);
    after.cloudwatch.ensureAlarm(depth({}));
    after.cloudwatch.start();
    expect(after.cloudwatch.alarms()).toMatchObject([{ name: 'depth', state: 'ALARM' }]);
    expect(after.calls).toEqual([]);
    after.stop();
    rmSync(folder, { recursive: true });
  });

  it('are made, set and deleted by the API', async () => {
    const { call, calls, idle } = open();
    await call('PutMetricAlarm', depth({}));
    await call('SetAlarmState', { AlarmName: 'depth', StateValue: 'ALARM', StateReason: 'drill' });
    await idle();

    expect(calls).toHaveLength(1);
    expect(await call('DescribeAlarms', { AlarmNames: ['depth'] })).toMatchObject({
      MetricAlarms: [{ AlarmName: 'depth', StateValue: 'ALARM', StateReason: 'drill', Threshold: 5 }],
    });
    expect(await call('DescribeAlarmHistory', { AlarmName: 'depth' })).toMatchObject({
      AlarmHistoryItems: [{ HistorySummary: 'Alarm updated from INSUFFICIENT_DATA to ALARM' }],
    });
    await call('DeleteAlarms', { AlarmNames: ['depth'] });
    expect(await call('DescribeAlarms', {})).toMatchObject({ MetricAlarms: [] });
  });

  it.each<[string, JsonObject, string]>([
    ['more data points to alarm than periods', { DatapointsToAlarm: 2 }, 'ValidationError'],
    ['no metric', { MetricName: null, Namespace: null }, 'ValidationError'],
    ['a trimmed mean', { Statistic: 'tm90' }, 'UnsupportedOperationException'],
    ['an action that is not built', { AlarmActions: ['arn:aws:autoscaling:x:y:z'] }, 'UnsupportedOperationException'],
    ['an anomaly band', { ThresholdMetricId: 'ad1' }, 'UnsupportedOperationException'],
  ])('refuse %s', async (_name, change, code) => {
    const { call } = open();
    await expect(call('PutMetricAlarm', depth(change))).rejects.toMatchObject({ name: code });
  });
});

function depth(change: JsonObject): JsonObject {
  const all = {
    AlarmName: 'depth',
    Namespace: 'N',
    MetricName: 'Depth',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topic],
    ...change,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function errorRate(change: JsonObject): JsonObject {
  const stat = (MetricName: string) => ({ Metric: { Namespace: 'N', MetricName }, Period: 60, Stat: 'Sum' });
  return {
    AlarmName: 'error-rate',
    Metrics: [
      { Id: 'n', MetricStat: stat('Cases'), ReturnData: false },
      { Id: 'e', MetricStat: stat('Errors'), ReturnData: false },
      { Id: 'rate', Expression: 'IF(n > 0, 100 * FILL(e, 0) / n, 0)' },
    ],
    EvaluationPeriods: 1,
    Threshold: 5,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [topic],
    ...change,
  };
}

function open(path = ':memory:', gauges: () => readonly MetricPoint[] = () => []) {
  const store = new Store(path);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const calls: AwsCall[] = [];
  const dispatch = async (made: AwsCall): Promise<JsonObject> => {
    calls.push(made);
    return {};
  };
  const cloudwatch = createCloudwatch({ store, clock, activity, place, dispatch, gauges });
  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    cloudwatch.stop();
    clock.stop();
    store.close();
  };
  opened.push({ stop });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = cloudwatch.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: null });
  };
  const record = (metricName: string, value: number): void =>
    cloudwatch.recordMetric({ namespace: 'N', metricName, dimensions: {}, value, atMs: clock.now() });
  return { cloudwatch, clock, calls, call, record, stop, idle: () => activity.whenIdle() };
}
