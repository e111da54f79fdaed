import type { JsonObject } from '../../kernel/service.ts';
import type { DataFlow, Departure } from './data-flow.ts';
import type { FlowPath, State } from './definition.ts';
import type { Scope } from './scope.ts';
import type { Signal } from './signal.ts';
import type { MapItem, MapRun, Strand } from './strand.ts';

/** What the interpreter does with states of one type. Failures are thrown as StateFailure. */
export interface StateAction<S extends State> {
  /** Runs the state: after it was entered, and again for each retry. */
  begin(step: Step<S>): Promise<Outcome>;
  /** Something that the state waits for has come. */
  resume?(step: Step<S>, signal: Signal): Promise<Outcome>;
}

export type Outcome =
  /** The state waits for a signal. */
  { readonly kind: 'stay' } | { readonly kind: 'leave'; readonly departure: Departure; readonly next: string | null };

export const STAY: Outcome = { kind: 'stay' };

/** One strand in one state, with what the action may do to its execution. */
export interface Step<S extends State> {
  readonly strand: Strand;
  readonly state: S;
  readonly dataFlow: DataFlow;
  readonly nowMs: number;
  /** What expressions see now. `extra` joins the context object. */
  scope(extra?: JsonObject): Scope;
  /** Writes an event of this strand. */
  log(type: string, details?: JsonObject): void;
  /** Asks for the strand's scheduled call to be made once this turn is on disk. */
  requestCall(): void;
  /** Puts the strand's scheduled call where a worker of the activity finds it. */
  offerToWorkers(activityArn: string): void;
  /** Makes strands below this one; they begin with `startStrand`. */
  addStrands(strands: readonly NewStrand[]): void;
  /** Lets the next pending strand begin, after `startEvent` where one is given; false when there is none. */
  startStrand(startEvent: string | null): boolean;
  /** Lets the next pending strand begin as an execution of its own; false when there is none. */
  startChild(mapRun: MapRun): boolean;
  /** Ends an execution that is no longer waited for. */
  stopChild(executionArn: string): void;
  /** An ARN for a run of a distributed Map. */
  newMapRunArn(label: string): string;
  /** Keeps the run of a distributed Map, or how it ended. */
  recordMapRun(change: MapRunChange): void;
  /** JSON texts of what the strands below gave, by index; null for those that failed. */
  strandOutputs(): readonly (string | null)[];
  /** Ends all strands below, with the events that tell so. */
  abortStrands(): void;
  /** A task token that nobody can guess and that leads back to this strand. */
  newToken(): string;
  readonly region: string;
}

export interface NewStrand {
  readonly index: number;
  readonly flow: FlowPath;
  readonly item: MapItem | null;
  readonly inputText: string;
}

export type MapRunChange =
  | { readonly kind: 'started'; readonly mapRun: MapRun; readonly maxConcurrency: number; readonly total: number }
  | { readonly kind: 'ended'; readonly arn: string; readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED' };
