import type { Agent, Asks, Workflow } from '../authoring/index.ts';
import type { Json, JsonObject, Note, PastOpinion, Reading, TurnResult } from '../contracts/index.ts';
import type { Purse } from './budget.ts';

/** The reading side of the connectors, by the ids of their definitions. */
export interface Sources {
  /** @throws when it cannot be read; the caller retries and then reports. ReadError says more of that. */
  read(connector: string, args: JsonObject, context: { workflow: string }): Promise<JsonObject>;
  list(connector: string, list: string): Promise<readonly JsonObject[]>;
}

/** The acting side of the connectors. */
export interface Effects {
  /** @throws EffectError; anything else thrown means that nobody knows whether it happened. */
  perform(
    connector: string,
    args: JsonObject,
    /** `workflow`: whose action it is; without it nobody can be told where answers go. */
    context: { idempotencyKey: string; caseId: string; workflow?: string },
  ): Promise<JsonObject>;
}

/** An effect certainly did not happen. `isPassing`: another try may well succeed. */
export class EffectError extends Error {
  override readonly name = 'EffectError';
  readonly isPassing: boolean;

  constructor(message: string, options: { isPassing: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isPassing = options.isPassing;
  }
}

/** A source did not give what it was asked for. `isPassing`: another try may well succeed. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly isPassing: boolean;
  /** What the other side asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;

  constructor(message: string, options: { isPassing: boolean; retryAfterMs?: number | null; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isPassing = options.isPassing;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** The model cascade: asks the tiers in turn. Never throws for what a model does; a failure is a result too. */
export interface Models {
  judge(question: Question): Promise<ModelAnswer>;
}

export interface Question {
  readonly workflow: Workflow;
  readonly agent: Agent;
  readonly input: JsonObject;
  readonly readings: readonly Reading[];
  /** What a model may read beyond that. */
  readonly lookUp: LookUp;
  /** What people with names told the agents of this case, oldest first. */
  readonly notes: readonly Note[];
  /** What other agents of the workflow hand it. Default: nothing. */
  readonly handOver?: JsonObject | null;
  /** Calibrated confidence below which a person decides (0..1). */
  readonly minimumConfidence: number;
  /** What people have made of what models said before in this workflow; read only when it is needed. */
  readonly past: () => Promise<readonly PastOpinion[]>;
  /** By then an answer is useless (milliseconds since the epoch). */
  readonly deadlineMs: number;
  /** Pays for each call. */
  readonly purse: Purse;
}

/** The sources on demand of one turn. */
export interface LookUp {
  /** The only ones that can be asked. */
  readonly sources: readonly SourceOnDemand[];
  /** Readings that may still be made. */
  readonly left: number;
  /**
   * Reads in parallel, by the deadline of the turn, and puts every reading on record. Never throws: what cannot be read is
   * a reading that failed. Null for a call beyond the last reading that is left.
   */
  read(calls: readonly SourceCall[]): Promise<readonly (Reading | null)[]>;
}

export interface SourceOnDemand {
  readonly id: string;
  readonly title: string;
  readonly asks: Asks;
  readonly mostBytes: number;
}

export interface SourceCall {
  readonly source: string;
  /** As the model put it. */
  readonly asked: Json;
}

export type ModelAnswer = Pick<
  TurnResult,
  | 'status'
  | 'tier'
  | 'model'
  | 'judgement'
  | 'confidence'
  | 'fields'
  | 'reasons'
  | 'doubts'
  | 'usage'
  | 'cites'
  | 'attempts'
  | 'cap'
  | 'opinions'
> & {
  /** It failed only because the service is down or at its limit, and nothing was paid: later it may well answer. */
  readonly isDown?: boolean;
};
