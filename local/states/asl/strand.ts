import type { Json } from '../../kernel/service.ts';
import type { FlowPath } from './definition.ts';
import type { Variables } from './scope.ts';

/**
 * One line of control through a flow: the execution itself, one branch of a Parallel state, one iteration of a Map
 * state. It is in one state at a time. All of it is on disk between turns, so that it can be dropped and taken up again.
 */
export interface Strand {
  readonly id: number;
  /** The strand whose Parallel or Map state this one belongs to; null for the execution's own. */
  readonly parentId: number | null;
  /** Number of the branch or iteration, from 0. */
  readonly index: number;
  readonly flow: FlowPath;
  /** What `Map.Item` of the context object shows, for an iteration. */
  readonly item: MapItem | null;
  phase: Phase;
  state: string;
  /** The state's input as JSON text: as it came, or as the last state gave it. */
  inputText: string;
  /** Variables assigned in this strand; those of outer strands are read through the parent. */
  variables: Variables;
  enteredAtMs: number;
  enteredEventId: number;
  lastEventId: number;
  /** Times each retrier of the state has been used. */
  retries: readonly number[];
  /** Calls and runs of the state so far: tells a late answer of an earlier attempt from the current one. */
  attempt: number;
  /** When something is to happen although nobody answers: a wait, a retry, a time-out. */
  dueAtMs: number | null;
  /** What answers come in under: a task token or the ARN of a child execution. */
  waitsFor: string | null;
  /** The call as it was scheduled, so that it can be made again after a crash. */
  call: ScheduledCall | null;
  /** What a Parallel or Map state knows about its strands. */
  join: Join | null;
  /** JSON text of the flow's output, once it has ended. */
  outputText: string | null;
}

/**
 * - `entering`: the next thing to do is to enter `state`
 * - `attempting`: the next thing to do is to run `state` again, after a retry pause
 * - `calling`: the task's call is on its way
 * - `submitted`: the call was answered; a token or a child execution is awaited
 * - `sleeping`: a Wait state
 * - `pausing`: before a retry
 * - `joining`: a Parallel or Map state whose strands run
 * - `child`: an iteration of a distributed Map, which runs as an execution of its own
 * - `pending`: an iteration that has not begun
 * - `ended`: the flow has ended with `outputText`
 * - `failed`: its state failed, and nothing caught it
 */
export type Phase =
  | 'entering'
  | 'attempting'
  | 'calling'
  | 'submitted'
  | 'sleeping'
  | 'pausing'
  | 'joining'
  | 'child'
  | 'pending'
  | 'ended'
  | 'failed';

export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

export interface ScheduledCall {
  readonly input: Json;
  readonly token: string | null;
  /** A name of our own for a child execution that was not given one: the same when the call is repeated. */
  readonly childName: string | null;
  readonly timeoutAtMs: number | null;
  readonly heartbeatMs: number | null;
  readonly scheduledAtMs: number;
  /** An answer to the token that came before the call itself was answered. */
  readonly early: TaskOutcome | null;
}

/** How a task ended. */
export type TaskOutcome =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly error: string | null; readonly cause: string | null };

export interface Join {
  readonly total: number;
  readonly finished: number;
  readonly failed: number;
  readonly maxConcurrency: number;
  readonly started: number;
  /** Null for all but a distributed Map. */
  readonly mapRun: MapRun | null;
}

/** What a distributed Map knows about its run. A run fails when more failed than either limit lets pass. */
export interface MapRun {
  readonly arn: string;
  /** Name under which its child executions belong to the machine. */
  readonly label: string;
  readonly toleratedCount: number | null;
  readonly toleratedPercentage: number | null;
}
