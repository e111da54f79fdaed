import type { Case, JsonObject, TurnResult } from '../contracts/index.ts';

/**
 * What one step of a case leaves for a later one. It speaks of people, so it does not pass through a state machine, whose
 * history nobody can take anything out of.
 */
export interface StepStore {
  /** A case and turns of it, as all of them are now: in one read. */
  withTurns(caseId: string, turns: readonly TurnKey[]): Promise<CaseWithTurns>;
  /** Keeps the result of a turn. @returns the one that is kept: the first, whoever comes later. */
  keepTurn(caseId: string, turn: TurnKey, result: TurnResult): Promise<TurnResult>;
  /** Notes what went wrong with something of a case, in words; the latest stands. `about`: an action, or a step. */
  noteProblem(caseId: string, about: string, words: string): Promise<void>;
  /** Null where nothing was noted. */
  problem(caseId: string, about: string): Promise<string | null>;
}

/** One turn of an execution. */
export interface TurnKey {
  /** Name of the execution. */
  readonly run: string;
  readonly round: number;
  readonly agent: string;
}

export interface CaseWithTurns {
  readonly case: Case | null;
  /** In the order of their keys; null where nothing is kept of one. */
  readonly turns: readonly (StoredTurn | null)[];
}

export interface StoredTurn {
  /** What its agent was handed, where that is not known by the workflow alone. */
  readonly handOver: JsonObject | null;
  /** Null while it has not ended. */
  readonly result: TurnResult | null;
}
