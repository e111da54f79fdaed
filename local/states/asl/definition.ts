import type { Json, JsonObject } from '../../kernel/service.ts';

/** A state machine as the interpreter runs it. Made by `parseDefinition` alone, so that its shape can be relied on. */
export interface Machine extends Flow {
  /** Limit of a whole execution, in seconds. */
  readonly timeoutSeconds: number | null;
}

/** A graph of states: the machine itself, a branch of a Parallel state or the item processor of a Map state. */
export interface Flow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State['type'];
export type QueryLanguage = 'JSONata' | 'JSONPath';

/** What all states share. Templates stand as they were written; `fields` has every field by its name in the language. */
export interface StateBase {
  readonly name: string;
  readonly language: QueryLanguage;
  readonly fields: JsonObject;
  /** Null where the state ends its flow. */
  readonly next: string | null;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends StateBase {
  readonly type: 'Task';
  readonly resource: string;
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: readonly JsonObject[];
  readonly defaultNext: string | null;
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
}

export interface ParallelState extends StateBase {
  readonly type: 'Parallel';
  readonly branches: readonly Flow[];
}

export interface MapState extends StateBase {
  readonly type: 'Map';
  readonly processor: Flow;
  readonly isDistributed: boolean;
  /** Of the child executions of a distributed Map. */
  readonly executionType: 'STANDARD' | 'EXPRESS';
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | null;
  readonly hasFullJitter: boolean;
}

export interface Catcher {
  /** Its place among the catchers of the state. */
  readonly index: number;
  readonly errorEquals: readonly string[];
  readonly next: string;
  /** Output, Assign and ResultPath of the catcher. */
  readonly fields: JsonObject;
}

/** Way from the machine to a flow inside it: state names, each followed by the branch (0 for an item processor). */
export type FlowPath = readonly (string | number)[];

/** The flow at `path`; the machine itself for an empty path. */
export function flowAt(machine: Flow, path: FlowPath): Flow {
  let flow: Flow = machine;
  for (let i = 0; i < path.length; i += 2) flow = innerFlow(flow, String(path[i]), Number(path[i + 1]));
  return flow;
}

function innerFlow(flow: Flow, stateName: string, branch: number): Flow {
  const state = stateIn(flow, stateName);
  const inner = state.type === 'Map' ? state.processor : state.type === 'Parallel' ? state.branches[branch] : undefined;
  if (inner === undefined) throw new Error(`the state '${stateName}' has no branch ${branch}`);
  return inner;
}

export function stateIn(flow: Flow, name: string): State {
  const state = flow.states.get(name);
  if (state === undefined) throw new Error(`the definition has no state '${name}'`);
  return state;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
