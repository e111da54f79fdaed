import type { Workflow } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';

/** A rule of the builder's that fails must not keep the case from being opened. */
export function requesterOf(workflow: Workflow, input: JsonObject): string | null {
  try {
    return workflow.requestedBy(input);
  } catch {
    return null;
  }
}
