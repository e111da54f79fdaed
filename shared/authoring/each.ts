import type { JsonObject } from '../contracts/index.ts';

/** How an agent is handed items, and answers one by one. */
export interface Each {
  /** The list in what it takes. */
  readonly of: string;
  /** The list in what it decides: one for each item that it can judge, in the same order. */
  readonly as: string;
  /** Fields of an item that its answer repeats, so that people and other agents know which it is of. */
  readonly repeats: readonly string[];
  /**
   * What is computed from an item for the learned model to weigh, in place of the workflow's signals: from its texts as
   * `plainWords` makes them, or as they came. Pure.
   */
  readonly signals: (item: JsonObject, asItCame: JsonObject) => JsonObject;
  /**
   * What the decision of a person says of an item: the right values of fields that the learned model is taught, and of no
   * other. Empty where it says nothing. Pure. Default: nothing, so that no correction of a person becomes an example.
   */
  readonly labels?: (item: JsonObject, decision: JsonObject) => JsonObject;
}
