import { afterEach, describe, expect, it } from 'vitest';
import { createCloudwatch } from '../cloudwatch/index.ts';
import { createEvents } from '../events/index.ts';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { AwsCall, Dispatch, JsonObject, Service } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createScheduler } from '../scheduler/index.ts';
import { createSes } from '../ses/index.ts';
import { createSns } from '../sns/index.ts';
import { createSqs } from '../sqs/index.ts';

const MINUTE_MS = 60_000;
const arn = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:000000000000:${name}`;
const url = (name: string): string => `http://x/000000000000/${name}`;
const trace = 'Root=1-00000000-000000000000000000000000';

const opened: { stop(): void }[] = [];
afterEach(() => {
  for (const runtime of opened.splice(0)) runtime.stop();
});

describe('services together', () => {
  it('bring an event to a queue under the trace of its sender', async () => {
    const { events, sqs, call, clock } = open();
    sqs.ensureQueue('intake');
    events.ensureRule({
      Name: 'r',
      EventPattern: { source: ['crm'] },
      Targets: [{ Id: 'q', Arn: arn('sqs', 'intake') }],
    });
    const waiting = call('sqs', 'ReceiveMessage', {
      QueueUrl: url('intake'),
      WaitTimeSeconds: 20,
      AttributeNames: ['All'],
    });
    await call('events', 'PutEvents', { Entries: [{ Source: 'crm', DetailType: 'd', Detail: '{}' }] });
    await clock.advance(0);

    expect((await waiting)['Messages']).toMatchObject([
      { Attributes: { AWSTraceHeader: trace, SenderId: 'events.amazonaws.com' } },
    ]);
  });

  it('put what cannot be delivered on a dead-letter queue that takes it', async () => {
    const { events, scheduler, sqs, call, clock } = open();
    sqs.ensureQueue('dead');
    const DeadLetterConfig = { Arn: arn('sqs', 'dead') };
    const target = { Arn: arn('sqs', 'none'), DeadLetterConfig };
    events.ensureRule({ Name: 'r', EventPattern: { source: ['crm'] }, Targets: [{ Id: 'q', ...target }] });
    scheduler.ensureSchedule({
      Name: 's',
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { ...target, RoleArn: 'arn:aws:iam::000000000000:role/r' },
    });
    scheduler.start();
    await call('events', 'PutEvents', { Entries: [{ Source: 'crm', DetailType: 'd', Detail: '{}' }] });
    await clock.advance(MINUTE_MS);

    const query = { QueueUrl: url('dead'), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    const messages = (await call('sqs', 'ReceiveMessage', query))['Messages'] as readonly JsonObject[];
    expect(messages.map((message) => message['MessageAttributes'])).toMatchObject([
      { RULE_ARN: { StringValue: arn('events', 'rule/r') }, ERROR_CODE: { StringValue: 'QueueDoesNotExist' } },
      { SCHEDULE_ARN: { StringValue: arn('scheduler', 'schedule/default/s') }, RETRY_ATTEMPTS: { StringValue: '0' } },
    ]);
  });

  it('mail the owner when dead letters wait, and again when they are gone', async () => {
    const { cloudwatch, sns, ses, sqs, call, clock } = open();
    sqs.ensureQueue('dead');
    const topic = sns.ensureTopic('alarms', { Subscription: [{ Protocol: 'email', Endpoint: 'owner@example.com' }] });
    cloudwatch.ensureAlarm({
      AlarmName: 'dead-letters',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'dead' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [topic],
      OKActions: [topic],
    });
    cloudwatch.start();
    await call('sqs', 'SendMessage', { QueueUrl: url('dead'), MessageBody: 'x' });
    await clock.advance(3 * MINUTE_MS);
    await call('sqs', 'PurgeQueue', { QueueUrl: url('dead') });
    await clock.advance(3 * MINUTE_MS);

    expect(ses.caughtMails({ to: 'owner@example.com' }).map(({ subject }) => subject)).toEqual([
      'OK: "dead-letters" in eu-west-1',
      'ALARM: "dead-letters" in eu-west-1',
    ]);
  });
});

function open() {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const services = new Map<string, Service>();
  const dispatch: Dispatch = async ({ service, operation, input, caller }: AwsCall) => {
    const found = services.get(service)?.operations[operation];
    if (found === undefined) throw new AwsError('UnknownOperationException', `${service}:${operation}`);
    return found.run(input, caller);
  };
  const parts = { store, clock, activity, place, dispatch, endpoint: () => 'http://x' };
  const sqs = createSqs(parts);
  const ses = createSes(parts);
  const sendMail = (mail: { to: string; subject: string; text: string; traceId: string | null }) =>
    ses.catchNotice({ ...mail, from: 'no-reply@sns.amazonaws.com' });
  const sns = createSns({ ...parts, sendMail });
  const gauges = () =>
    sqs.counts().map(({ queueName, visible }) => ({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: queueName },
      value: visible,
      atMs: clock.now(),
    }));
  const cloudwatch = createCloudwatch({ ...parts, gauges });
  const events = createEvents(parts);
  const scheduler = createScheduler(parts);
  const running = [sqs, ses, sns, cloudwatch, events, scheduler];
  for (const service of running) services.set(service.name, service);
  opened.push({
    stop: () => {
      for (const service of running) service.stop();
      clock.stop();
      store.close();
    },
  });
  const call = (service: string, operation: string, input: JsonObject): Promise<JsonObject> =>
    dispatch({ service, operation, input, caller: { kind: 'operator', traceId: trace } });
  return { sqs, ses, sns, cloudwatch, events, scheduler, clock, call };
}
