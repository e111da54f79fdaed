import type { JsonObject } from '../contracts/index.ts';

/** How an agent is handed items, and answers one by one. */
export interface Each {
  /** The list in what it takes. */
  readonly of: string;
  /** The list in what it decides: one for each item that it can judge, in the same order. */
  readonly as: string;
  /** Fields of an item that its answer repeats, so that people and other agents know which it is of. */
  readonly repeats: readonly string[];
  /** What is computed from an item for the learned model to weigh, in place of the workflow's signals. Pure. */
  readonly signals: (item: JsonObject) => JsonObject;
}
