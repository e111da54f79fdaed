import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { type CloudwatchService, createCloudwatch } from './index.ts';

let served: ServedService<CloudwatchService>;
let client: CloudWatchClient;

beforeAll(async () => {
  served = await serveAlone(createCloudwatch);
  client = new CloudWatchClient(served.client);
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

const Dimensions = [{ Name: 'workflow', Value: 'lead' }];
const start = new Date('2026-11-23T08:00:00Z');
const end = new Date('2026-11-23T08:02:00Z');

it('takes values and answers statistics and math over them', async () => {
  const datum = { MetricName: 'Latency', Dimensions, Timestamp: start, Unit: 'Milliseconds' as const };
  await client.send(
    new PutMetricDataCommand({ Namespace: 'Remit', MetricData: [{ ...datum, Values: [1, 3], Counts: [3, 1] }] }),
  );
  const Metric = { Namespace: 'Remit', MetricName: 'Latency', Dimensions };
  const data = await client.send(
    new GetMetricDataCommand({
      StartTime: start,
      EndTime: end,
      MetricDataQueries: [
        { Id: 'm', MetricStat: { Metric, Period: 60, Stat: 'Average' }, ReturnData: false },
        { Id: 'e', Expression: 'm * 2' },
      ],
    }),
  );
  const range = { StartTime: start, EndTime: end, Period: 60 };
  const statistics = await client.send(
    new GetMetricStatisticsCommand({ ...Metric, ...range, Statistics: ['Sum'], ExtendedStatistics: ['p99'] }),
  );

  expect(data.MetricDataResults).toMatchObject([{ Id: 'e', Timestamps: [start], Values: [3] }]);
  expect(statistics.Datapoints).toMatchObject([{ Timestamp: start, Sum: 6, ExtendedStatistics: { p99: 3 } }]);
  expect((await client.send(new ListMetricsCommand({ Dimensions: [{ Name: 'workflow' }] }))).Metrics).toEqual([Metric]);
});

it.each([
  ['a value and values', { Value: 1, Values: [1] }, 'InvalidParameterCombinationException'],
  ['no value', {}, 'MissingParameterException'],
  ['counts of other values', { Values: [1, 2], Counts: [1] }, 'InvalidParameterValueException'],
])('refuses %s', async (_name, datum, name) => {
  const MetricData = [{ MetricName: 'm', ...datum }];
  await expect(client.send(new PutMetricDataCommand({ Namespace: 'N', MetricData }))).rejects.toMatchObject({ name });
});

it('refuses values in the name of AWS, and statistics without naming one', async () => {
  const MetricData = [{ MetricName: 'm', Value: 1 }];
  await expect(client.send(new PutMetricDataCommand({ Namespace: 'AWS/SQS', MetricData }))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  const range = { Namespace: 'N', MetricName: 'm', StartTime: start, EndTime: end, Period: 60 };
  await expect(client.send(new GetMetricStatisticsCommand(range))).rejects.toMatchObject({
    name: 'InvalidParameterCombinationException',
  });
});

const alarm = {
  AlarmName: 'slow',
  Namespace: 'Remit',
  MetricName: 'Latency',
  Dimensions,
  ExtendedStatistic: 'p95',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 100,
  ComparisonOperator: 'GreaterThanThreshold' as const,
};

it.each([
  ['no whole minute', { Period: 45 }],
  ['more than a day of minutes', { EvaluationPeriods: 1441 }],
  ['more than a week of hours', { Period: 3600, EvaluationPeriods: 169 }],
])('refuses an alarm over %s', async (_name, change) => {
  await expect(client.send(new PutMetricAlarmCommand({ ...alarm, ...change }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('keeps alarms', async () => {
  await client.send(new PutMetricAlarmCommand(alarm));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'slow', StateValue: 'ALARM', StateReason: 'drill' }));
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));

  expect(MetricAlarms).toMatchObject([
    { AlarmName: 'slow', StateReason: 'drill', Dimensions, StateUpdatedTimestamp: expect.any(Date) },
  ]);
  await expect(
    client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'x' })),
  ).rejects.toBeInstanceOf(ResourceNotFound);
});
