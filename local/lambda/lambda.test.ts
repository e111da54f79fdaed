import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallerRegistry } from '../endpoint/callers.ts';
import { Dispatcher } from '../endpoint/dispatch.ts';
import { createIam, type Iam } from '../iam/index.ts';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { Caller, Json, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createMeter, type Meter } from '../meter/index.ts';
import { createSqs, type SqsService } from '../sqs/index.ts';
import { createLambda, type FunctionDefinition, type LambdaService } from './index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const ENDPOINT = 'http://127.0.0.1:4700';
const ROLE = 'arn:aws:iam::000000000000:role/F';
const OPERATOR: Caller = { kind: 'operator', traceId: null };

let folder: string;
let stop: () => Promise<void>;
let world: World;

interface World {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly dispatcher: Dispatcher;
  readonly iam: Iam;
  readonly meter: Meter;
  readonly sqs: SqsService;
  readonly lambda: LambdaService;
  readonly callers: CallerRegistry;
  readonly lines: string[];
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  world = newWorld(':memory:');
  stop = () => world.lambda.stop();
});

afterEach(() => stop());

describe('an invocation', () => {
  it('hands the event in and the result out', async () => {
    define('export const handler = async (event) => ({ got: event.x });');
    expect(await invoke({ x: [1, 'two'] })).toEqual({ payload: { got: [1, 'two'] } });
  });

  it('gives null for a function that returns nothing', async () => {
    define('export const handler = async () => {};');
    expect(await invoke({})).toEqual({ payload: null });
  });

  it('gives the function only the environment that is its own', async () => {
    process.env['OF_THIS_MACHINE'] = 'hidden';
    define('export const handler = async () => process.env;', { environment: { TABLE: 'cases' } });
    const { payload } = (await invoke({})) as { payload: Record<string, string> };
    expect(payload).toMatchObject({
      TABLE: 'cases',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'f',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ENDPOINT_URL: ENDPOINT,
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('OF_THIS_MACHINE');
    expect(payload).not.toHaveProperty('HOME');
  });

  it('gives the function a context', async () => {
    define(`export const handler = async (_, context) => ({ ...context, isCounting: context.getRemainingTimeInMillis() <= 3000 });`);
    expect((await invoke({})).payload).toMatchObject({
      functionName: 'f',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
      memoryLimitInMB: '256',
      isCounting: true,
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('keeps what the module holds while the sandbox is warm', async () => {
    define('let count = 0; export const handler = async () => ++count;');
    await invoke({});
    expect((await invoke({})).payload).toBe(2);
  });

  it('shows the function the time of the runtime', async () => {
    define('export const handler = async () => [Date.now(), new Date().getTime(), new Date(0).getTime()];');
    await world.clock.advance(86_400_000);
    const [now = 0, fromDate = 0, epoch] = (await invoke({})).payload as number[];
    expect(Math.abs(now - world.clock.now())).toBeLessThan(60_000);
    expect(Math.abs(fromDate - now)).toBeLessThan(60_000);
    expect(epoch).toBe(0);
  });

  it('shows the function the trace that it runs under', async () => {
    define('export const handler = async () => process.env._X_AMZN_TRACE_ID;');
    const trace = 'Root=1-00000000-000000000000000000000000';
    const { payload } = await invoke({}, { ...OPERATOR, traceId: trace });
    expect(payload).toContain(trace);
  });

  it('writes every line of output to the log of the function', async () => {
    define(`export const handler = async () => { console.log('one'); process.stdout.write('t'); process.stderr.write('wo\\n'); };`);
    await invoke({});
    await world.lambda.stop();
    expect(world.lines).toEqual(['one', 'two']);
    expect(readFileSync(join(folder, 'logs', 'f.log'), 'utf8')).toBe('one\ntwo\n');
  });

  it('runs several at once, each in a sandbox of its own', async () => {
    define('let busy = 0; export const handler = async () => { busy++; await new Promise((r) => setTimeout(r, 50)); return busy--; };');
    const results = await Promise.all(Array.from({ length: 8 }, () => invoke({})));
    expect(results.map((result) => result.payload)).toEqual(Array(8).fill(1));
  });

  it('finds the function by version and alias, and no other', async () => {
    define('export const handler = async () => 1;');
    world.lambda.ensureVersion('f', '3');
    world.lambda.ensureAlias('f', 'live', '3');
    const invokeAs = (FunctionName: string): Promise<JsonObject> => call('lambda', 'Invoke', { FunctionName });
    expect(await invokeAs('f:live')).toMatchObject({ ExecutedVersion: '3' });
    expect(await invokeAs('arn:aws:lambda:eu-west-1:000000000000:function:f:3')).toMatchObject({
      ExecutedVersion: '3',
    });
    await expect(invokeAs('f:4')).rejects.toThrow(
      'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:f:4',
    );
    await expect(invokeAs('g')).rejects.toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });

  it('needs the permission on the very function', async () => {
    define('export const handler = async () => 1;');
    const caller: Caller = { kind: 'role', roleArn: ROLE, sessionName: 's', traceId: null };
    await expect(invoke({}, caller)).rejects.toThrow(
      'not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:000000000000:function:f',
    );
  });

  it('counts requests and memory time', async () => {
    define('export const handler = async () => 1;');
    await invoke({});
    const lines = world.meter.report().lines.map((line) => line.item);
    expect(lines).toEqual(['lambda-requests', 'lambda-gb-ms-x86_64']);
  });
});

describe('a failure', () => {
  it('is handed out with type, message and trace', async () => {
    define('export const handler = async () => { throw new RangeError("too far"); };');
    expect(await invoke({})).toEqual({
      functionError: 'Unhandled',
      payload: {
        errorType: 'RangeError',
        errorMessage: 'too far',
        trace: expect.arrayContaining(['RangeError: too far']),
      },
    });
  });

  it('ends the sandbox when time is up, even of an endless loop', async () => {
    define('export const handler = async (e) => { if (e.hang) for (;;); return "fresh"; };', { timeoutMs: 300 });
    expect(await invoke({ hang: true })).toMatchObject({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0.30 seconds$/),
      },
    });
    expect((await invoke({})).payload).toBe('fresh');
  });

  it('ends the sandbox above its memory', async () => {
    define(
      'export const handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill(0).map((_, i) => ({ i }))); };',
      {
        memoryMb: 32,
        timeoutMs: 60_000,
      },
    );
    expect(await invoke({})).toMatchObject({ payload: { errorType: 'Runtime.OutOfMemory' } });
  });

  it('tells that the code cannot be loaded, each time anew', async () => {
    define('throw new Error("no config"); export const handler = 1;');
    for (const _ of [1, 2]) {
      expect(await invoke({})).toMatchObject({
        functionError: 'Unhandled',
        payload: { errorType: 'Error', errorMessage: 'no config' },
      });
    }
  });

  it('tells that there is no handler', async () => {
    define('export const other = 1;');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    });
  });

  it('covers a promise that nobody handled', async () => {
    define('export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); };');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    });
  });

  it('covers a function that ends its process, which ends only the sandbox', async () => {
    define('export const handler = async () => process.exit(3);');
    expect(await invoke({})).toMatchObject({
      payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
    });
  });

  it('refuses what goes above the reserved concurrency', async () => {
    define('export const handler = () => new Promise((r) => setTimeout(r, 300));', { reservedConcurrency: 1 });
    const first = invoke({});
    await expect(invoke({})).rejects.toMatchObject({ name: 'TooManyRequestsException', status: 429 });
    await first;
  });
});

it('leaves what it is doing without an outcome when it is stopped', async () => {
  define('export const handler = async (e) => { if (e.hang) await new Promise((r) => setTimeout(r, 60_000)); };');
  const outcomes: string[] = [];
  for (const hang of [true, false]) {
    const settled = invoke({ hang });
    void settled.then(
      () => outcomes.push('answered'),
      () => outcomes.push('refused'),
    );
    if (!hang) await settled;
  }
  const starting = invoke({});
  void starting.finally(() => outcomes.push('started'));
  await world.lambda.stop();
  await sleep(100);
  expect(outcomes).toEqual(['answered']);
});

describe('an asynchronous invocation', () => {
  const failing = 'export const handler = async () => { console.log("tried"); throw new Error("down"); };';

  it('is retried after one minute and after two more, and then given to the destination', async () => {
    define(failing);
    const queue = world.sqs.ensureQueue('failed', {});
    world.iam.addPolicyToRole('F', {
      Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue.queueArn },
    });
    const config = {
      maximumRetryAttempts: 2,
      maximumEventAgeMs: 21_600_000,
      onSuccess: null,
      onFailure: queue.queueArn,
    };
    world.lambda.ensureInvokeConfig('f', null, config);

    await call('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event', Payload: { x: 1 } });
    await world.activity.whenIdle();
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(1);
    await world.clock.advance(61_000);
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(2);
    await world.clock.advance(121_000);
    expect(world.lines.filter((line) => line === 'tried')).toHaveLength(3);

    const [record] = await received('failed');
    expect(JSON.parse(String(record?.['Body']))).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { x: 1 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'down' },
    });
  });

  it('goes on after a restart', async () => {
    const file = join(folder, 'data.sqlite');
    world = newWorld(file);
    define(failing);
    await call('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'Event' });
    await world.activity.whenIdle();
    await world.lambda.stop();
    world.meter.stop();
    world.clock.stop();
    world.store.close();

    world = newWorld(file);
    define('export const handler = async () => console.log("done");');
    world.lambda.start();
    await world.clock.advance(61_000);
    expect(world.lines).toEqual(['done']);
  });
});

describe('a queue mapping', () => {
  it('hands batches over and deletes what was handled', async () => {
    define('export const handler = async (e) => console.log(JSON.stringify(e.Records.map((r) => [r.body, r.eventSource])));');
    map({ batchSize: 10 });
    await send('a', 'b');
    await until(() => world.lines.join('').includes('b'));
    await world.activity.whenIdle();
    expect(world.lines.flatMap((line) => JSON.parse(line))).toEqual(
      expect.arrayContaining([
        ['a', 'aws:sqs'],
        ['b', 'aws:sqs'],
      ]),
    );
    await world.clock.advance(120_000);
    expect(await received('in')).toEqual([]);
  });

  it('brings back only the messages that were reported as failed', async () => {
    define(`export const handler = async (e) => { console.log(e.Records.map((r) => r.body).join());
       return { batchItemFailures: e.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) }; };`);
    await send('good', 'bad');
    map({ batchSize: 10, reportsBatchItemFailures: true });
    await world.activity.whenIdle();
    await world.clock.advance(31_000);
    expect(world.lines.slice(0, 2)).toEqual(['good,bad', 'bad']);
  });

  it('brings back the whole batch when the function fails', async () => {
    define('export const handler = async (e) => { console.log(e.Records.length); throw new Error("no"); };');
    await send('a', 'b');
    map({ batchSize: 10 });
    await world.activity.whenIdle();
    await world.clock.advance(31_000);
    expect(world.lines.filter((line) => line === '2')).toHaveLength(2);
  });

  it('waits for a fuller batch only as long as its window', async () => {
    define('export const handler = async (e) => console.log(e.Records.map((r) => r.body).join());');
    await send('a');
    map({ batchSize: 10, maximumBatchingWindowMs: 20_000 });
    await sleep(50);
    await send('b');
    await sleep(50);
    expect(world.lines).toEqual([]);
    await world.clock.advance(21_000);
    await until(() => world.lines.length > 0);
    expect(world.lines).toEqual(['a,b']);
  });

  it('runs the function under the trace of the message', async () => {
    define('export const handler = async () => console.log(process.env._X_AMZN_TRACE_ID);');
    map({ batchSize: 1 });
    const traceId = 'Root=1-00000000-000000000000000000000001';
    const input = { QueueUrl: `${ENDPOINT}/000000000000/in`, MessageBody: 'a' };
    await world.dispatcher.dispatch({
      service: 'sqs',
      operation: 'SendMessage',
      input,
      caller: { ...OPERATOR, traceId },
    });
    await until(() => world.lines.length > 0);
    expect(world.lines[0]).toContain(traceId);
  });

  it('leaves messages alone when the role may not receive', async () => {
    define('export const handler = async () => console.log("ran");');
    await send('a');
    map({ batchSize: 1 }, false);
    await sleep(100);
    expect(world.lines).toEqual([]);
  });
});

function newWorld(file: string): World {
  const store = new Store(file);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const iam = createIam({ store, place: PLACE });
  const meter = createMeter(store);
  const dispatcher = new Dispatcher({ iam, meter, clock });
  const { dispatch } = dispatcher;
  const callers = new CallerRegistry();
  const lines: string[] = [];
  const sqs = createSqs({ store, clock, activity, place: PLACE, dispatch, endpoint: () => ENDPOINT } as never);
  const lambda = createLambda({
    store,
    clock,
    activity,
    place: PLACE,
    dispatch,
    meter,
    callers,
    endpoint: ENDPOINT,
    logFolder: join(folder, 'logs'),
    compileCacheFolder: join(folder, 'compile-cache'),
    onLogLine: (_, line) => lines.push(line),
    onInvoked: () => undefined,
    whenMessage: (queue) => sqs.whenMessage(queue),
  });
  dispatcher.register(sqs);
  dispatcher.register(lambda);
  const trust = {
    Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  };
  iam.addRole({ name: 'F', arn: ROLE, trust, inlinePolicies: [], managedPolicyArns: [] });
  return { store, clock, activity, dispatcher, iam, meter, sqs, lambda, callers, lines };
}

function define(code: string, changes: Partial<FunctionDefinition> = {}): void {
  const codeFolder = join(folder, `code-${Math.floor(performance.now() * 1000)}`);
  mkdirSync(codeFolder);
  writeFileSync(join(codeFolder, 'index.mjs'), code);
  world.lambda.ensureFunction({
    name: 'f',
    arn: 'arn:aws:lambda:eu-west-1:000000000000:function:f',
    roleArn: ROLE,
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    codeFolder,
    handler: 'index.handler',
    memoryMb: 256,
    timeoutMs: 3000,
    environment: {},
    reservedConcurrency: null,
    deadLetterArn: null,
    ...changes,
  });
}

function map(changes: object, isAllowed = true): void {
  const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:in';
  world.sqs.ensureQueue('in', {});
  if (isAllowed) {
    const Action = ['sqs:ReceiveMessage', 'sqs:DeleteMessage'];
    world.iam.addPolicyToRole('F', { Statement: { Effect: 'Allow', Action, Resource: queueArn } });
  }
  world.lambda.ensureSqsMapping({
    queueArn,
    functionName: 'f',
    batchSize: 10,
    maximumBatchingWindowMs: 0,
    reportsBatchItemFailures: false,
    maximumConcurrency: null,
    ...changes,
  });
  world.lambda.start();
}

async function send(...bodies: string[]): Promise<void> {
  world.sqs.ensureQueue('in', {});
  for (const MessageBody of bodies)
    await call('sqs', 'SendMessage', { QueueUrl: `${ENDPOINT}/000000000000/in`, MessageBody });
}

async function received(queue: string): Promise<readonly JsonObject[]> {
  const output = await call('sqs', 'ReceiveMessage', { QueueUrl: `${ENDPOINT}/000000000000/${queue}` });
  return (output['Messages'] ?? []) as readonly JsonObject[];
}

function call(service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  return world.dispatcher.dispatch({ service, operation, input, caller: OPERATOR });
}

async function invoke(event: Json, caller: Caller = OPERATOR): Promise<{ payload: Json; functionError?: Json }> {
  const input = { FunctionName: 'f', Payload: event };
  const output = await world.dispatcher.dispatch({ service: 'lambda', operation: 'Invoke', input, caller });
  const payload = JSON.parse(String(output['Payload'])) as Json;
  return output['FunctionError'] === undefined ? { payload } : { payload, functionError: output['FunctionError'] };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}
