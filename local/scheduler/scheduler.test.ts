import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { AwsCall, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createScheduler } from './index.ts';

const MINUTE_MS = 60_000;
const role = 'arn:aws:iam::000000000000:role/scheduler';
const queue = 'arn:aws:sqs:eu-west-1:000000000000:intake';
const arn = 'arn:aws:scheduler:eu-west-1:000000000000:schedule/default/pick-up';

const opened: { stop(): void }[] = [];
afterEach(() => {
  for (const runtime of opened.splice(0)) runtime.stop();
});

describe('firing', () => {
  it('sends its input to a queue as its role at each slot', async () => {
    const { scheduler, clock, calls } = open();
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(5 minutes)' }));
    scheduler.start();

    await clock.advance(11 * MINUTE_MS);

    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({
      service: 'sqs',
      operation: 'SendMessage',
      input: { MessageBody: '{"kind":"tick"}' },
      caller: { kind: 'role', roleArn: role, traceId: expect.stringMatching(/^Root=1-/) },
    });
  });

  it('fills in the attributes of the schedule', async () => {
    const { scheduler, clock, calls } = open();
    const Input = JSON.stringify({
      at: '<aws.scheduler.scheduled-time>',
      by: '<aws.scheduler.schedule-arn>',
      attempt: '<aws.scheduler.attempt-number>',
      id: '<aws.scheduler.execution-id>',
    });
    const slotMs = Math.ceil(clock.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const slot = new Date(slotMs).toISOString().slice(0, 19);
    scheduler.ensureSchedule(
      properties({ ScheduleExpression: `at(${slot})`, Target: { Arn: queue, RoleArn: role, Input } }),
    );
    scheduler.start();

    await clock.advance(3 * MINUTE_MS);

    expect(calls.map((call) => JSON.parse(String(call.input['MessageBody'])))).toEqual([
      { at: `${slot}Z`, by: arn, attempt: '1', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  it('keeps to start, end and state', async () => {
    const { scheduler, clock, calls } = open();
    const startMs = clock.now() + 10 * MINUTE_MS;
    scheduler.ensureSchedule(
      properties({
        ScheduleExpression: 'rate(1 minute)',
        StartDate: new Date(startMs).toISOString(),
        EndDate: new Date(startMs + 2 * MINUTE_MS).toISOString(),
      }),
    );
    scheduler.ensureSchedule(properties({ Name: 'off', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' }));
    scheduler.start();

    await clock.advance(60 * MINUTE_MS);

    expect(calls).toHaveLength(3);
  });

  it.each([
    ['arn:aws:lambda:eu-west-1:000000000000:function:f', 'lambda', 'Invoke'],
    ['arn:aws:states:eu-west-1:000000000000:stateMachine:case', 'states', 'StartExecution'],
    ['arn:aws:scheduler:::aws-sdk:sfn:startExecution', 'states', 'StartExecution'],
  ])('calls %s', async (target, service, operation) => {
    const { scheduler, clock, calls } = open();
    const Target = { Arn: target, RoleArn: role, Input: '{}' };
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 minute)', Target }));
    scheduler.start();
    await clock.advance(MINUTE_MS);
    expect(calls).toMatchObject([{ service, operation }]);
  });

  it('puts an event with source and detail type on a bus', async () => {
    const { scheduler, clock, calls } = open();
    const Target = {
      Arn: 'arn:aws:events:eu-west-1:000000000000:event-bus/main',
      RoleArn: role,
      Input: '{"a":1}',
      EventBridgeParameters: { Source: 'remit', DetailType: 'tick' },
    };
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 minute)', Target }));
    scheduler.start();
    await clock.advance(MINUTE_MS);
    expect(calls[0]?.input).toEqual({
      Entries: [{ EventBusName: Target.Arn, Source: 'remit', DetailType: 'tick', Detail: '{"a":1}', Resources: [arn] }],
    });
  });
});

describe('failing targets', () => {
  it('retries with a growing wait and counts the attempts', async () => {
    const { scheduler, clock, calls, failing } = open();
    failing.push(outage, outage);
    const Target = { Arn: queue, RoleArn: role, Input: '<aws.scheduler.attempt-number>' };
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 hour)', Target }));
    scheduler.start();

    await clock.advance(61 * MINUTE_MS);

    expect(calls.map((call) => call.input['MessageBody'])).toEqual(['1', '2', '3']);
  });

  it('gives up to the dead-letter queue after the last retry', async () => {
    const { scheduler, clock, calls, failing } = open();
    failing.push(outage, outage, outage);
    const Target = {
      Arn: queue,
      RoleArn: role,
      Input: 'x',
      RetryPolicy: { MaximumRetryAttempts: 2 },
      DeadLetterConfig: { Arn: `${queue}-dead` },
    };
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 hour)', Target }));
    scheduler.start();

    await clock.advance(61 * MINUTE_MS);

    expect(calls.map((call) => String(call.input['QueueUrl']).split('/').at(-1))).toEqual([
      'intake',
      'intake',
      'intake',
      'intake-dead',
    ]);
    expect(calls.at(-1)?.input['MessageAttributes']).toMatchObject({
      ERROR_CODE: { StringValue: 'InternalFailure' },
      RETRY_ATTEMPTS: { StringValue: '2' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
      TARGET_ARN: { StringValue: queue },
    });
  });

  it('does not retry what is not allowed', async () => {
    const { scheduler, clock, calls, failing } = open();
    failing.push(new AwsError('AccessDeniedException', 'no', { status: 403 }));
    const Target = { Arn: queue, RoleArn: role, DeadLetterConfig: { Arn: `${queue}-dead` } };
    scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 hour)', Target }));
    scheduler.start();

    await clock.advance(61 * MINUTE_MS);

    expect(calls).toHaveLength(2);
    expect(calls[1]?.input['QueueUrl']).toContain('intake-dead');
  });
});

describe('restarts', () => {
  it('fires no slot twice, and catches up on the latest ten that were missed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scheduler-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    before.scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 minute)' }));
    before.scheduler.start();
    await before.clock.advance(5 * MINUTE_MS);
    expect(before.calls).toHaveLength(5);
    before.scheduler.stop();
    await before.clock.advance(30 * MINUTE_MS);
    before.stop();

    const after = open(path);
    after.scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 minute)' }));
    after.scheduler.start();
    await after.clock.advance(0);
    expect(after.calls).toHaveLength(10);
    await after.clock.advance(MINUTE_MS);
    expect(after.calls).toHaveLength(11);
    after.stop();
    rmSync(folder, { recursive: true });
  });

  it('goes on with a delivery that had failed before the restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'scheduler-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    before.failing.push(outage);
    before.scheduler.ensureSchedule(properties({ ScheduleExpression: 'rate(1 hour)' }));
    before.scheduler.start();
    await before.clock.advance(60 * MINUTE_MS);
    expect(before.calls).toHaveLength(1);
    before.stop();

    const after = open(path);
    after.scheduler.start();
    await after.clock.advance(MINUTE_MS);
    expect(after.calls).toHaveLength(1);
    after.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('the API', () => {
  it('makes, shows, changes, lists and deletes a schedule', async () => {
    const { scheduler, clock, calls, call } = open();
    scheduler.start();
    const made = await call('CreateSchedule', properties({ ScheduleExpression: 'rate(1 minute)' }));
    await clock.advance(MINUTE_MS);
    await call('UpdateSchedule', properties({ ScheduleExpression: 'rate(1 day)' }));
    await clock.advance(2 * MINUTE_MS);

    expect(made).toEqual({ ScheduleArn: arn });
    expect(calls).toHaveLength(1);
    expect(await call('GetSchedule', { Name: 'pick-up' })).toMatchObject({
      Name: 'pick-up',
      GroupName: 'default',
      ScheduleExpression: 'rate(1 day)',
      ScheduleExpressionTimezone: 'UTC',
    });
    expect(await call('ListSchedules', {})).toMatchObject({ Schedules: [{ Name: 'pick-up', State: 'ENABLED' }] });
    await call('DeleteSchedule', { Name: 'pick-up' });
    await clock.advance(2880 * MINUTE_MS);
    expect(calls).toHaveLength(1);
    await expect(call('GetSchedule', { Name: 'pick-up' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('deletes a one-time schedule after it fired, when asked to', async () => {
    const { scheduler, clock, calls, call } = open();
    scheduler.start();
    const slot = new Date(clock.now() + 2 * MINUTE_MS).toISOString().slice(0, 19);
    await call('CreateSchedule', properties({ ScheduleExpression: `at(${slot})`, ActionAfterCompletion: 'DELETE' }));
    await clock.advance(3 * MINUTE_MS);
    expect(calls).toHaveLength(1);
    expect(await call('ListSchedules', {})).toEqual({ Schedules: [] });
  });

  it.each([
    ['an expression that is not one', { ScheduleExpression: 'sometimes' }, 'ValidationException'],
    [
      'a group that is not there',
      { ScheduleExpression: 'rate(1 day)', GroupName: 'none' },
      'ResourceNotFoundException',
    ],
    [
      'a target that is not built',
      { ScheduleExpression: 'rate(1 day)', Target: { Arn: 'arn:aws:ecs:::cluster/c', RoleArn: role } },
      'UnsupportedOperationException',
    ],
  ])('refuses %s', async (_reason, change, code) => {
    const { call } = open();
    await expect(call('CreateSchedule', properties(change))).rejects.toMatchObject({ name: code });
  });
});

const outage = new AwsError('InternalFailure', 'down', { status: 500 });
function properties(change: JsonObject): JsonObject {
  return {
    Name: 'pick-up',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: queue, RoleArn: role, Input: '{"kind":"tick"}', SqsParameters: {} },
    ...change,
  };
}

function open(path = ':memory:') {
  const store = new Store(path);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const calls: AwsCall[] = [];
  const failing: Error[] = [];
  const dispatch = async (call: AwsCall): Promise<JsonObject> => {
    calls.push(call);
    const error = failing.shift();
    if (error !== undefined) throw error;
    return {};
  };
  const scheduler = createScheduler({ store, clock, activity, place, dispatch });
  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    scheduler.stop();
    clock.stop();
    store.close();
  };
  opened.push({ stop });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = scheduler.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: null });
  };
  return { scheduler, clock, calls, failing, call, stop };
}
