import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import type { Workflow } from '../../../shared/authoring/index.ts';

/**
 * The lead workflow in shadow, where every review is blind and a second person gives one too. Stands in for
 * agents/index.ts.
 */
export const reviewedLeads: Workflow = {
  ...leadQualification,
  rollout: { ...leadQualification.rollout, phase: 'shadow', blindShare: 1, secondReviewShare: 1 },
};

export const workflows: readonly Workflow[] = [reviewedLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
