import type { Workflow } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';

/** What the learned model looks at, the same in training and in a case: the input, what was read, and the signals. */
export function learnedInput(workflow: Workflow, facts: { input: JsonObject; sources: JsonObject }): JsonObject {
  return { ...facts, signals: workflow.signals(facts.input) };
}
