import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';

export interface ParsedDecision {
  readonly decision: JsonObject | null;
  readonly problems: readonly string[];
}

/** A decision as the workflow's schema has it, or why it is none. */
export function parseDecision(workflow: Workflow, value: unknown): ParsedDecision {
  const parsed = workflow.decision.safeParse(value);
  if (parsed.success) return { decision: parsed.data, problems: [] };
  return { decision: null, problems: [`The decision does not fit its schema: ${z.prettifyError(parsed.error)}`] };
}
