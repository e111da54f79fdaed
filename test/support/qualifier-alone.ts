import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { Workflow } from '../../shared/authoring/index.ts';

/**
 * The lead workflow with its first agent alone, for tests of what holds for every workflow: one turn comes to a decision,
 * whatever the lead. Other workflows stay as they are.
 */
export function qualifierAlone(workflow: Workflow = leadQualification): Workflow {
  if (workflow.id !== leadQualification.id || workflow.pattern.kind !== 'sequence') return workflow;
  const { 'case-studies': _ofOutreach, ...sources } = workflow.sources;
  const agents = workflow.agents.filter(({ id }) => id === 'qualifier');
  return { ...workflow, sources, agents, pattern: { kind: 'single' } };
}
