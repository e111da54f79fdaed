import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Workflow } from '../../shared/authoring/index.ts';

/**
 * The lead workflow with its first agent alone, for tests of what holds for every workflow: one turn comes to a decision,
 * whatever the lead. Other workflows stay as they are.
 */
export function qualifierAlone(workflow: Workflow): Workflow {
  if (workflow.id !== leadQualification.id || workflow.pattern.kind !== 'sequence') return workflow;
  return { ...workflow, agents: workflow.agents.filter(({ id }) => id === 'qualifier'), pattern: { kind: 'single' } };
}
