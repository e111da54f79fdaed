import type { EvaluationId, EvaluationOutcome, EvaluationRun } from '../contracts/index.ts';

/** Evaluations on the stack, and all that they made. What is there stays: every write that may repeat is conditional. */
export interface EvaluationStore {
  get(id: EvaluationId): Promise<EvaluationRun | null>;
  /** The newest evaluations of a workflow first, at most so many. */
  latest(workflow: string, most: number): Promise<readonly EvaluationRun[]>;
  /** `exists`: one of that id was opened before, and stays as it is. */
  open(run: EvaluationRun): Promise<'opened' | 'exists'>;
  /** Begins the next attempt after this one, with this wish. False where another one began or the run is gone. */
  goOn(run: EvaluationRun): Promise<boolean>;
  /** Ends an attempt that runs. False where it is over already, or another one began meanwhile. */
  end(id: EvaluationId, attempt: number, outcome: EvaluationOutcome): Promise<boolean>;

  /** Keeps what the run made under that name; what was kept first stays. Of any size. */
  keepFile(id: EvaluationId, name: string, bytes: Uint8Array): Promise<void>;
  file(id: EvaluationId, name: string): Promise<Uint8Array | null>;

  /** Keeps the result of one example as text; what was kept first stays. */
  keepResult(id: EvaluationId, result: KeptResult): Promise<void>;
  /** Of one slice, or of all. */
  results(id: EvaluationId, slice?: number): Promise<readonly KeptResult[]>;

  /** Keeps what the agent saw of one example that the report of an attempt shows; what was kept first stays. */
  keepSight(id: EvaluationId, sight: KeptSight): Promise<void>;
  sights(id: EvaluationId, attempt: number): Promise<readonly KeptSight[]>;

  /** Says that all of a slice is there, but for what was left. A slice of which nothing is left stays so. */
  endSlice(id: EvaluationId, end: SliceEnd): Promise<void>;
  sliceEnds(id: EvaluationId): Promise<readonly SliceEnd[]>;

  /** Sets money aside, in millionths of a dollar, where it fits under the limit. False where it does not. */
  reserve(id: EvaluationId, micros: number, maxMicros: number): Promise<boolean>;
  /** Corrects what was set aside by what it was in truth. */
  settle(id: EvaluationId, micros: number): Promise<void>;
}

export interface KeptResult {
  readonly slice: number;
  readonly example: string;
  readonly text: string;
}

export interface KeptSight {
  readonly attempt: number;
  readonly example: string;
  readonly text: string;
}

export interface SliceEnd {
  readonly slice: number;
  readonly done: number;
  /** Not run, because the money was spent. */
  readonly left: readonly string[];
}
