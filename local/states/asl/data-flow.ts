import type { Json, JsonObject } from '../../kernel/service.ts';
import type { Catcher, QueryLanguage, State } from './definition.ts';
import { jsonataDataFlow } from './jsonata/data-flow.ts';
import { jsonpathDataFlow } from './jsonpath/data-flow.ts';
import type { Scope, Variables } from './scope.ts';

/** How data goes into a state and out of it: the difference between the two query languages, in one place. */
export interface DataFlow {
  /** The state's input as its own fields see it: after InputPath. */
  selectedInput(state: State, scope: Scope): Promise<Json>;
  /** What the state works on: after Parameters or Arguments. */
  workInput(state: State, scope: Scope): Promise<Json>;
  /**
   * Output and variables of a state that is left. `result` is what its task, branches or iterations gave; absent for
   * states that have none.
   */
  finish(state: State, scope: Scope, result?: Json): Promise<Departure>;
  /** Output and variables where a catcher takes over. */
  caught(catcher: Catcher, scope: Scope, errorOutput: JsonObject): Promise<Departure>;
  /** A number from a field or its `...Path`; null where the state has neither. */
  numberOf(state: State, field: NumberField, scope: Scope): Promise<number | null>;
  /** The list that a Map state runs over. */
  items(state: State, scope: Scope): Promise<readonly Json[]>;
  /** The input of one iteration; `context` has the item in `Map.Item`. */
  itemInput(state: State, scope: Scope, context: JsonObject, item: Json): Promise<Json>;
  /** A template of a field of the state, such as BatchInput or Credentials. */
  template(template: Json, scope: Scope, field: string): Promise<Json>;
}

/** Where a state's data goes: on to the next state, and into variables. */
export interface Departure {
  readonly output: Json;
  readonly assigned: Variables | null;
}

export type NumberField =
  | 'TimeoutSeconds'
  | 'HeartbeatSeconds'
  | 'Seconds'
  | 'MaxConcurrency'
  | 'ToleratedFailureCount'
  | 'ToleratedFailurePercentage'
  | 'MaxItems'
  | 'MaxItemsPerBatch'
  | 'MaxInputBytesPerBatch';

export function dataFlowOf(state: { readonly language: QueryLanguage }): DataFlow {
  return state.language === 'JSONata' ? jsonataDataFlow : jsonpathDataFlow;
}
