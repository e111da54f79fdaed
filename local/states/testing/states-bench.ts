import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { AwsCall, Caller, Json, JsonObject } from '../../kernel/service.ts';
import type { Store } from '../../kernel/store.ts';
import type { States, StatesOptions } from '../index.ts';
import { createStates } from '../index.ts';
import { MortalStore } from './mortal-store.ts';

/** What a test plays for a service: gets the call, gives the answer. */
export type Player = (call: AwsCall) => JsonObject | Promise<JsonObject>;

export interface Bench {
  readonly states: States;
  readonly store: Store;
  readonly clock: MovableClock;
  readonly activity: Activity;
  /** All calls that tasks made, in order. */
  readonly calls: AwsCall[];
  readonly statusChanges: JsonObject[];
  call(operation: string, input: JsonObject, caller?: Caller): Promise<JsonObject>;
  /** Makes a machine named `machine` unless told otherwise, and gives its ARN. */
  machine(definition: JsonObject, options?: { readonly name?: string; readonly type?: 'STANDARD' | 'EXPRESS' }): string;
  /** Starts an execution of the machine and gives its ARN. */
  start(input?: Json, name?: string): Promise<string>;
  describe(executionArn: string): Promise<JsonObject>;
  /** Waits until nothing moves by itself, then describes. */
  settled(executionArn: string): Promise<JsonObject>;
  history(executionArn: string): Promise<readonly HistoryEntry[]>;
  /** Ends the process as kill -9 does: nothing more is written, called or told. */
  die(): void;
  /** Dies, and opens the same file in a new process, perhaps with other players. */
  reopen(players?: Readonly<Record<string, Player>>): Bench;
}

export interface HistoryEntry {
  readonly id: number;
  readonly type: string;
  readonly [details: string]: Json;
}

export const OPERATOR: Caller = { kind: 'operator', traceId: null };
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/machine';
export const MACHINE_ARN = 'arn:aws:states:eu-west-1:000000000000:stateMachine:machine';

/** Step Functions on a store of its own; calls of tasks go to `players` by service name, those of Step Functions to itself. */
export function openBench(
  players: Readonly<Record<string, Player>> = {},
  path = ':memory:',
  options: Partial<StatesOptions> = {},
): Bench {
  const store = new MortalStore(path);
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const calls: AwsCall[] = [];
  const statusChanges: JsonObject[] = [];
  const dispatch = async (call: AwsCall): Promise<JsonObject> => {
    calls.push(call);
    const player = players[call.service];
    if (player !== undefined) return player(call);
    const operation = call.service === 'states' ? states.operations[call.operation] : undefined;
    if (operation === undefined) throw new AwsError('UnknownOperationException', `${call.service}:${call.operation}`);
    return operation.run(call.input, call.caller);
  };
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const onStatusChange = (detail: JsonObject): void => void statusChanges.push(detail);
  const states = createStates({ store, clock, activity, place, dispatch, onStatusChange, ...options });
  states.start();
  const die = (): void => {
    store.die();
    states.stop();
    clock.stop();
  };
  const reopen = (others = players): Bench => {
    die();
    return openBench(others, path, options);
  };
  return { states, store, clock, activity, calls, statusChanges, die, reopen, ...actionsOf(states, activity) };
}

type Actions = Pick<Bench, 'call' | 'machine' | 'start' | 'describe' | 'settled' | 'history'>;

function actionsOf(states: States, activity: Activity): Actions {
  const call = async (operation: string, input: JsonObject, caller: Caller = OPERATOR): Promise<JsonObject> => {
    const found = states.operations[operation];
    if (found === undefined) throw new Error(`there is no operation ${operation}`);
    return found.run(input, caller);
  };
  const describe = (executionArn: string): Promise<JsonObject> => call('DescribeExecution', { executionArn });
  return {
    call,
    describe,
    machine: (definition, { name = 'machine', type = 'STANDARD' } = {}) =>
      states.ensureStateMachine({ name, type, definition: JSON.stringify(definition), roleArn: ROLE_ARN }),
    async start(input = {}, name) {
      const request = {
        stateMachineArn: MACHINE_ARN,
        input: JSON.stringify(input),
        ...(name === undefined ? {} : { name }),
      };
      return String((await call('StartExecution', request))['executionArn']);
    },
    async settled(executionArn) {
      await activity.whenIdle();
      return describe(executionArn);
    },
    async history(executionArn) {
      const { events } = await call('GetExecutionHistory', { executionArn, maxResults: 1000 });
      return events as unknown as readonly HistoryEntry[];
    },
  };
}

/** A player of Lambda that hands the payload to `fn`; what it throws becomes a function error. */
export function lambdaPlayer(fn: (payload: Json) => Json | Promise<Json>): Player {
  return async ({ input }) => {
    try {
      const payload = JSON.parse(String(input['Payload'] ?? '{}')) as Json;
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: JSON.stringify(await fn(payload)) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      return {
        StatusCode: 200,
        FunctionError: 'Unhandled',
        ExecutedVersion: '$LATEST',
        Payload: JSON.stringify({ errorType: name, errorMessage: message }),
      };
    }
  };
}

/** A promise with its handles, for a call that a test answers when it likes. */
export function held<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  return Promise.withResolvers<T>();
}
