import type { Workflow } from '../authoring/index.ts';
import { plainFacts } from '../authoring/plain-words.ts';
import type { JsonObject } from '../contracts/index.ts';

/**
 * What the learned model looks at, the same in training and in a case: the input, what was read, and the signals.
 * Where one agent judges item by item, an item stands in place of the input.
 */
export function learnedInput(workflow: Workflow, facts: { input: JsonObject; sources: JsonObject }): JsonObject {
  const each = workflow.agents.find((agent) => agent.each !== undefined)?.each;
  const { input } = facts;
  return { ...facts, signals: each === undefined ? workflow.signals(input) : each.signals(plainFacts(input), input) };
}
