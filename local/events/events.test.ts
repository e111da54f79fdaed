import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { AwsCall, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createEvents } from './index.ts';

const queue = 'arn:aws:sqs:eu-west-1:000000000000:intake';
const ruleArn = 'arn:aws:events:eu-west-1:000000000000:rule/main/leads';
const leads = { source: ['crm'], detail: { kind: [{ prefix: 'lead' }] } };

const opened: { stop(): void }[] = [];
afterEach(() => {
  for (const runtime of opened.splice(0)) runtime.stop();
});

describe('putting events', () => {
  it('hands a matching event to each target as EventBridge, and others to none', async () => {
    const { events, call, calls, idle } = open();
    events.ensureRule(rule({ Targets: [{ Id: 'q', Arn: queue }] }));

    const answer = await call('PutEvents', {
      Entries: [entry({ kind: 'lead.replied' }), entry({ kind: 'deal.won' })],
    });
    await idle();

    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{}, {}] });
    expect(calls).toMatchObject([
      {
        service: 'sqs',
        operation: 'SendMessage',
        caller: { kind: 'service', service: 'events.amazonaws.com', sourceArn: ruleArn, traceId: 'case-1' },
      },
    ]);
    expect(JSON.parse(String(calls[0]?.input['MessageBody']))).toEqual({
      version: '0',
      id: (answer['Entries'] as readonly JsonObject[])[0]?.['EventId'],
      'detail-type': 'change',
      source: 'crm',
      account: '000000000000',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'eu-west-1',
      resources: [],
      detail: { kind: 'lead.replied', name: 'Ada "A" L' },
    });
  });

  it('refuses entries that are not valid one by one', async () => {
    const { call } = open();
    const valid = entry({});
    const answer = await call('PutEvents', {
      Entries: [
        valid,
        { ...valid, Detail: '[1]' },
        { ...valid, Detail: '{' },
        { ...valid, Source: 'aws.states' },
        { Source: 'crm', Detail: '{}' },
        { ...valid, EventBusName: 'none' },
      ],
    });
    expect(answer).toMatchObject({
      FailedEntryCount: 5,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'InvalidArgument' },
        { ErrorCode: 'ResourceNotFoundException' },
      ],
    });
  });

  it('does not deliver for a disabled rule', async () => {
    const { events, call, calls, idle } = open();
    events.ensureRule(rule({ Targets: [{ Id: 'q', Arn: queue }], State: 'DISABLED' }));
    await call('PutEvents', { Entries: [entry({})] });
    await idle();
    expect(calls).toEqual([]);
  });

  it('starts an execution under the role of the target, with the same name for the same event', async () => {
    const { events, call, calls, idle } = open();
    const RoleArn = 'arn:aws:iam::000000000000:role/start';
    const Arn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:case';
    events.ensureRule(rule({ Targets: [{ Id: 'case', Arn, RoleArn }] }));
    const answer = await call('PutEvents', { Entries: [entry({})] });
    await idle();
    const [accepted] = answer['Entries'] as readonly JsonObject[];
    expect(calls).toMatchObject([
      {
        operation: 'StartExecution',
        caller: { kind: 'role', roleArn: RoleArn },
        input: { stateMachineArn: Arn, name: `${accepted?.['EventId']}_case` },
      },
    ]);
  });

  it('takes events of AWS services on the default bus', async () => {
    const { events, calls, idle } = open();
    const EventPattern = { source: ['aws.states'], detail: { status: ['FAILED'] } };
    events.ensureRule({ Name: 'failed', EventPattern, Targets: [{ Id: 'q', Arn: queue }] });
    const failed = { source: 'aws.states', detailType: 'Step Functions Execution Status Change' };
    await events.emit({ ...failed, detail: { status: 'FAILED' }, resources: ['arn'], traceId: null });
    await events.emit({ ...failed, detail: { status: 'SUCCEEDED' }, resources: ['arn'], traceId: null });
    await idle();
    expect(calls).toHaveLength(1);
  });
});

describe('the input of a target', () => {
  it.each<[string, JsonObject, string]>([
    ['a fixed text', { Input: '{"fixed":true}' }, '{"fixed":true}'],
    ['a part of the event', { InputPath: '$.detail.kind' }, '"lead.replied"'],
    [
      'a JSON template',
      {
        InputTransformer: {
          InputPathsMap: { kind: '$.detail.kind', name: '$.detail.name', detail: '$.detail', none: '$.detail.none' },
          InputTemplate: '{"kind": <kind>, "text": "<name> (<kind>)", "detail": <detail>, "none": <none>}',
        },
      },
      '{"kind": "lead.replied", "text": "Ada \\"A\\" L (lead.replied)", "detail": {"kind":"lead.replied","name":"Ada \\"A\\" L"}, "none": null}',
    ],
    [
      'a text template',
      {
        InputTransformer: {
          InputPathsMap: { kind: '$.detail.kind' },
          InputTemplate: '"<kind> by <aws.events.rule-name>"',
        },
      },
      '"lead.replied by leads"',
    ],
  ])('can be %s', async (_name, target, expected) => {
    const { events, call, calls, idle } = open();
    events.ensureRule(rule({ Targets: [{ Id: 'q', Arn: queue, ...target }] }));
    await call('PutEvents', { Entries: [entry({})] });
    await idle();
    expect(calls[0]?.input['MessageBody']).toBe(expected);
  });
});

describe('failing targets', () => {
  it('retries, and puts the event on the dead-letter queue when retries are used up', async () => {
    const { events, call, calls, failing, clock } = open();
    failing.push(outage, outage);
    const target = {
      Id: 'q',
      Arn: queue,
      RetryPolicy: { MaximumRetryAttempts: 1 },
      DeadLetterConfig: { Arn: `${queue}-dead` },
    };
    events.ensureRule(rule({ Targets: [target] }));
    await call('PutEvents', { Entries: [entry({})] });
    await clock.advance(60_000);

    expect(calls.map((made) => String(made.input['QueueUrl']).split('/').at(-1))).toEqual([
      'intake',
      'intake',
      'intake-dead',
    ]);
    expect(calls[2]?.input).toMatchObject({
      MessageBody: calls[0]?.input['MessageBody'],
      MessageAttributes: { RULE_ARN: { StringValue: ruleArn }, ERROR_CODE: { StringValue: 'InternalFailure' } },
    });
  });

  it('delivers after a restart what was accepted before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    before.failing.push(outage);
    before.events.ensureRule(rule({ Targets: [{ Id: 'q', Arn: queue }] }));
    await before.call('PutEvents', { Entries: [entry({})] });
    await before.idle();
    before.stop();

    const after = open(path);
    after.events.start();
    await after.clock.advance(60_000);
    expect(after.calls).toHaveLength(1);
    expect(after.calls[0]?.input).toEqual(before.calls[0]?.input);
    await after.clock.advance(3_600_000);
    expect(after.calls).toHaveLength(1);
    after.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('rules', () => {
  it('with a schedule fire on the clock', async () => {
    const { events, calls, clock } = open();
    events.ensureRule({ Name: 'hourly', ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'q', Arn: queue }] });
    events.start();
    await clock.advance(2 * 3_600_000);
    expect(calls).toHaveLength(2);
    expect(JSON.parse(String(calls[0]?.input['MessageBody']))).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:eu-west-1:000000000000:rule/hourly'],
    });
  });

  it('go when the template no longer has them; those made by the API stay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    const path = join(folder, 'state.db');
    const before = open(path);
    before.events.ensureRule(rule({}));
    await before.call('PutRule', { Name: 'by-hand', EventBusName: 'main', EventPattern: '{"source":["x"]}' });
    before.stop();

    const after = open(path);
    after.events.start();
    const rules = (await after.call('ListRules', { EventBusName: 'main' }))['Rules'] as readonly JsonObject[];
    expect(rules.map((listed) => listed['Name'])).toEqual(['by-hand']);
    after.stop();
    rmSync(folder, { recursive: true });
  });

  it('are made, targeted, listed and deleted by the API', async () => {
    const { call, calls, idle } = open();
    const named = { Rule: 'r', EventBusName: 'main' };
    await call('PutRule', { Name: 'r', EventBusName: 'main', EventPattern: JSON.stringify(leads) });
    await call('PutTargets', { ...named, Targets: [{ Id: 'q', Arn: queue }] });
    await call('PutEvents', { Entries: [entry({})] });
    await idle();

    expect(calls).toHaveLength(1);
    expect(await call('ListTargetsByRule', named)).toMatchObject({ Targets: [{ Id: 'q', Arn: queue }] });
    const remove = { Name: 'r', EventBusName: 'main' };
    await expect(call('DeleteRule', remove)).rejects.toMatchObject({ name: 'ValidationException' });
    await call('RemoveTargets', { ...named, Ids: ['q'] });
    await call('DeleteRule', remove);
    await expect(call('DescribeRule', remove)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each<[string, string, JsonObject, string]>([
    ['a bad pattern', 'PutRule', { Name: 'r', EventPattern: '{"source":"x"}' }, 'InvalidEventPatternException'],
    ['neither pattern nor schedule', 'PutRule', { Name: 'r' }, 'ValidationException'],
    [
      'one minute in the plural',
      'PutRule',
      { Name: 'r', ScheduleExpression: 'rate(1 minutes)' },
      'ValidationException',
    ],
    ['no entries', 'PutEvents', { Entries: [] }, 'ValidationException'],
    ['a global endpoint', 'PutEvents', { Entries: [entry({})], EndpointId: 'e' }, 'UnsupportedOperationException'],
  ])('refuse %s', async (_name, operation, input, code) => {
    const { call } = open();
    await expect(call(operation, input)).rejects.toMatchObject({ name: code });
  });
});

const outage = new AwsError('InternalFailure', 'down', { status: 500 });

function rule(change: JsonObject): JsonObject {
  return { Name: 'leads', EventBusName: 'main', EventPattern: leads, ...change };
}

function entry({ kind = 'lead.replied' }: { kind?: string }): JsonObject {
  const Detail = JSON.stringify({ kind, name: 'Ada "A" L' });
  return { Source: 'crm', DetailType: 'change', EventBusName: 'main', Detail };
}

function open(path = ':memory:') {
  const store = new Store(path);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const calls: AwsCall[] = [];
  const failing: Error[] = [];
  const dispatch = async (made: AwsCall): Promise<JsonObject> => {
    calls.push(made);
    const error = failing.shift();
    if (error !== undefined) throw error;
    return {};
  };
  const events = createEvents({ store, clock, activity, place, dispatch });
  events.ensureBus('main');
  let isOpen = true;
  const stop = (): void => {
    if (!isOpen) return;
    isOpen = false;
    events.stop();
    clock.stop();
    store.close();
  };
  opened.push({ stop });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = events.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: 'case-1' });
  };
  return { events, clock, calls, failing, call, stop, idle: () => activity.whenIdle() };
}
