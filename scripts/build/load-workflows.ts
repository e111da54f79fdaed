import type { Workflow } from '../../shared/authoring/index.ts';
import { Problem } from '../command/problem.ts';

/** The workflows of agents/index.ts; a Problem in the builder's terms when one of them cannot be used. */
export async function loadWorkflows(): Promise<readonly Workflow[]> {
  try {
    const { workflows } = await import('../../agents/index.ts');
    return workflows;
  } catch (error) {
    throw new Problem(workflowProblem(error), { cause: error });
  }
}

/** `WorkflowError` says it all by itself; anything else is told with the place in agents/ where it happened. */
export function workflowProblem(error: unknown): string {
  if (!(error instanceof Error)) return `The workflows cannot be loaded: ${String(error)}`;
  if (error.name === 'WorkflowError') return error.message;
  const place = /agents\/[\w./-]+:\d+/.exec(error.stack ?? '')?.[0];
  return `The workflows cannot be loaded${place === undefined ? '' : ` (${place})`}: ${error.message}`;
}
