import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach } from 'vitest';
import { CallerRegistry } from '../../endpoint/callers.ts';
import { Dispatcher } from '../../endpoint/dispatch.ts';
import { createIam, type Iam } from '../../iam/index.ts';
import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import type { Caller, Json, JsonObject } from '../../kernel/service.ts';
import { Store } from '../../kernel/store.ts';
import { createMeter, type Meter } from '../../meter/index.ts';
import { createSqs, type SqsService } from '../../sqs/index.ts';
import { createLambda, type FunctionDefinition, type LambdaService } from '../index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
export const ENDPOINT = 'http://127.0.0.1:4700';
export const ROLE = 'arn:aws:iam::000000000000:role/F';
export const OPERATOR: Caller = { kind: 'operator', traceId: null };

export let folder: string;
/** What a test works on: everything that Lambda needs, with one function `f` and one queue `in`. */
export let world: World;

export interface World {
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
});

afterEach(() => world.lambda.stop());

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
    codeFolder: join(folder, 'code'),
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

export function define(code: string, changes: Partial<FunctionDefinition> = {}): void {
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

export function map(changes: object, isAllowed = true): void {
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

export async function send(...bodies: string[]): Promise<void> {
  world.sqs.ensureQueue('in', {});
  for (const MessageBody of bodies)
    await call('sqs', 'SendMessage', { QueueUrl: `${ENDPOINT}/000000000000/in`, MessageBody });
}

export async function received(queue: string): Promise<readonly JsonObject[]> {
  const output = await call('sqs', 'ReceiveMessage', { QueueUrl: `${ENDPOINT}/000000000000/${queue}` });
  return (output['Messages'] ?? []) as readonly JsonObject[];
}

export function call(service: string, operation: string, input: JsonObject): Promise<JsonObject> {
  return world.dispatcher.dispatch({ service, operation, input, caller: OPERATOR });
}

export async function invoke(event: Json, caller: Caller = OPERATOR): Promise<{ payload: Json; functionError?: Json }> {
  const input = { FunctionName: 'f', Payload: event };
  const output = await world.dispatcher.dispatch({ service: 'lambda', operation: 'Invoke', input, caller });
  const payload = JSON.parse(String(output['Payload'])) as Json;
  return output['FunctionError'] === undefined ? { payload } : { payload, functionError: output['FunctionError'] };
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** Ends the world as a crash would leave it on disk, and begins a new one on the same file. */
export async function restartOn(file: string): Promise<void> {
  await world.lambda.stop();
  world.meter.stop();
  world.clock.stop();
  world.store.close();
  world = newWorld(file);
}

/** Begins a world whose data is in this file. */
export function beginOn(file: string): void {
  world = newWorld(file);
}
