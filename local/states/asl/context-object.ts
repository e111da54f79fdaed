import type { Json, JsonObject } from '../../kernel/service.ts';
import type { State } from './definition.ts';
import type { Strand } from './strand.ts';

/** What an execution tells about itself. */
export interface ExecutionFacts {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly isExpress: boolean;
  readonly startedAtMs: number;
  readonly redriveCount: number;
  /** JSON text. */
  readonly inputText: string;
}

/** The part of the context object that is the same in all states; made once for each turn. */
export function executionContext(execution: ExecutionFacts): JsonObject {
  const shown: JsonObject = {
    Id: execution.arn,
    Input: JSON.parse(execution.inputText) as Json,
    Name: execution.name,
    RoleArn: execution.roleArn,
    StartTime: isoTime(execution.startedAtMs),
    ...(execution.isExpress ? {} : { RedriveCount: execution.redriveCount }),
  };
  return { Execution: shown, StateMachine: { Id: execution.machineArn, Name: execution.machineName } };
}

/** The context object of one strand in its current state; `extra` is what only the moment knows (`Task`, `Map`). */
export function contextObject(base: JsonObject, strand: Strand, state: State, extra: JsonObject = {}): JsonObject {
  const shown: Record<string, Json> = { Name: strand.state, EnteredTime: isoTime(strand.enteredAtMs) };
  if (CAN_RETRY.has(state.type)) shown['RetryCount'] = strand.retries.reduce((sum, used) => sum + used, 0);
  const { item } = strand;
  const map = item === null ? {} : { Map: { Item: { Index: item.index, Value: item.value } } };
  return { ...base, State: shown, ...map, ...extra };
}

const CAN_RETRY: ReadonlySet<State['type']> = new Set<State['type']>(['Map', 'Parallel', 'Task']);

/** `2026-11-23T17:40:18.000Z` */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
