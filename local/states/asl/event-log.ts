import type { Json, JsonObject } from '../../kernel/service.ts';
import type { StateType } from './definition.ts';
import type { Variables } from './scope.ts';

/** One event of an execution's history, in the shape of GetExecutionHistory; `atMs` becomes its timestamp. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly atMs: number;
  /** The key of the details in the answer, as in `taskScheduledEventDetails`; null for types without. */
  readonly detailsKey: string | null;
  readonly details: JsonObject;
}

/** AWS fails an execution whose history would grow beyond this. */
export const MAX_EVENTS = 25_000;

/** The history has no room for another event but the last one. */
export class HistoryFull extends Error {
  constructor() {
    super(`The execution reached the maximum number of history events (${MAX_EVENTS}).`);
    this.name = 'HistoryFull';
  }
}

/** The history of one execution: counts ids and keeps what has not been written yet. */
export class EventLog {
  readonly #limit: number;
  #lastId: number;
  #fresh: HistoryEvent[] = [];

  /** @param limit most events that the history may have; the last of them tells how the execution ended. */
  constructor(lastId: number, limit: number = MAX_EVENTS) {
    this.#lastId = lastId;
    this.#limit = limit;
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** Adds an event and gives its id; throws HistoryFull. `previous` is the event of the same strand that led to it, 0 for none. */
  add(type: string, atMs: number, previous: number, details: Readonly<Record<string, Json | undefined>> = {}): number {
    if (this.#lastId >= this.#limit - 1 && !type.startsWith('Execution')) throw new HistoryFull();
    this.#lastId += 1;
    this.#fresh.push({
      id: this.#lastId,
      previousEventId: previous,
      type,
      atMs,
      detailsKey: detailsKeyOf(type),
      details: withoutUndefined(details),
    });
    return this.#lastId;
  }

  /** Hands over the events that were added since the last call. */
  takeFresh(): HistoryEvent[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }
}

export function enteredEvent(type: StateType): string {
  return `${type}StateEntered`;
}

export function exitedEvent(type: StateType): string {
  return `${type}StateExited`;
}

const WITHOUT_DETAILS = new Set([
  'LambdaFunctionStarted',
  'MapRunSucceeded',
  'MapStateAborted',
  'MapStateFailed',
  'MapStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateFailed',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'TaskStateAborted',
  'WaitStateAborted',
]);

function detailsKeyOf(type: string): string | null {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  if (WITHOUT_DETAILS.has(type)) return null;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function withoutUndefined(details: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: Record<string, Json> = {};
  for (const [key, value] of Object.entries(details)) if (value !== undefined) kept[key] = value;
  return kept;
}

/** Details of an exit that assigned variables. */
export function assignedDetails(assigned: Variables | null): JsonObject {
  if (assigned === null) return {};
  const texts = Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)] as const);
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}
