import type { Json, JsonObject } from '../../kernel/service.ts';

/** All that an expression of a state can see. */
export interface Scope {
  /** The state's input as it came, before InputPath. */
  readonly input: Json;
  /** The context object, `$$` or `$states.context`. */
  readonly context: JsonObject;
  readonly variables: Variables;
  /** Of the task, the branches or the iterations; absent before there is one. */
  readonly result?: Json;
  /** What a catcher caught: `{ Error, Cause }`. */
  readonly errorOutput?: JsonObject;
  /** Time and chance of the expression language's own functions. */
  readonly nowMs: number;
  readonly random: () => number;
}

export type Variables = Readonly<Record<string, Json>>;
