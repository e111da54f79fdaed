import { beforeEach, describe, expect, it } from 'vitest';
import { createIam } from '../iam/index.ts';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { Caller, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createMeter, type Meter } from '../meter/index.ts';
import { Dispatcher } from './dispatch.ts';
import { newTraceId } from './trace.ts';

const ROLE = 'arn:aws:iam::000000000000:role/Start';
const TRACE = newTraceId(0);

let dispatcher: Dispatcher;
let meter: Meter;
let traces: (string | null)[];

beforeEach(() => {
  const store = new Store(':memory:');
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const iam = createIam({ store, place });
  const allow = { Statement: { Effect: 'Allow', Action: 'states:StartExecution', Resource: '*' } };
  iam.addRole({ name: 'Start', arn: ROLE, trust: { Statement: [] }, inlinePolicies: [allow], managedPolicyArns: [] });
  meter = createMeter(store);
  dispatcher = new Dispatcher({ iam, meter, clock: new MovableClock(store, new Activity()) });
  traces = [];
  const operation = (action: string) => ({
    permissions: () => [{ action, resource: '*' }],
    run: (_: JsonObject, caller: Caller) => {
      traces.push(caller.traceId);
      return {};
    },
  });
  dispatcher.register({
    name: 'states',
    operations: {
      StartExecution: operation('states:StartExecution'),
      StopExecution: operation('states:StopExecution'),
    },
  });
});

describe('the trace of an execution', () => {
  it('is that of the function that started it', async () => {
    await start('case-1');
    expect(traces).toEqual([TRACE]);
    expect(meter.traceOf('case-1')).toBe(TRACE);
  });

  it('is a new one for each further execution that one invocation starts', async () => {
    await start('case-1');
    await start('case-2');
    await start('case-3');
    expect(new Set(traces).size).toBe(3);
    expect(meter.traceOf('case-2')).toBe(traces[1]);
  });

  it('stays the same when the same execution is started again', async () => {
    await start('case-1');
    await start('case-2');
    await start('case-2');
    expect(traces[2]).toBe(traces[1]);
  });

  it('is handed on to an execution that a state machine starts', async () => {
    await start('case-1');
    await dispatcher.dispatch(startCall('case-1-ask'));
    expect(traces).toEqual([TRACE, TRACE]);
  });

  it('is new where nothing led to it', async () => {
    await dispatcher.dispatch({ ...startCall('case-1'), caller: { kind: 'operator', traceId: null } });
    expect(traces).toEqual([expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)]);
  });
});

it('counts calls by who made them, and denied ones not at all', async () => {
  await start('case-1');
  await expect(dispatcher.dispatchFromWire({ ...startCall('case-1'), operation: 'StopExecution' })).rejects.toThrow(
    'states:StopExecution',
  );
  await dispatcher.dispatch({ ...startCall('x'), caller: { kind: 'operator', traceId: null } });
  expect(meter.report().calls).toEqual({
    function: { 'states:StartExecution': 1 },
    service: { 'states:StartExecution': 1 },
    operator: {},
  });
});

it.each([
  ['moon', 'Land'],
  ['states', 'Land'],
])('names what it does not have: %s %s', async (service, operation) => {
  await expect(dispatcher.dispatch({ ...startCall('x'), service, operation })).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
    message: expect.stringContaining(`${service} ${operation}`),
  });
});

function start(name: string): Promise<JsonObject> {
  return dispatcher.dispatchFromWire(startCall(name));
}

function startCall(name: string) {
  const caller: Caller = { kind: 'role', roleArn: ROLE, sessionName: 'start', traceId: TRACE };
  return { service: 'states', operation: 'StartExecution', input: { name }, caller };
}
