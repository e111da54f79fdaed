import type { Workflow } from '../shared/authoring/index.ts';
import { expenseCategorisation } from './expense-categorisation/workflow.ts';
import { hrOnboarding } from './hr-onboarding/workflow.ts';
import { leadFollowUp } from './lead-follow-up/workflow.ts';
import { leadQualification } from './lead-qualification/workflow.ts';
import { onboardingSteps } from './onboarding-steps/workflow.ts';
import { partnerResearch } from './partner-research/workflow.ts';
import { supportTriage } from './support-triage/workflow.ts';

/** Every workflow of this deployment. A new one is added here and nowhere else. */
export const workflows: readonly Workflow[] = [
  leadQualification,
  leadFollowUp,
  expenseCategorisation,
  supportTriage,
  hrOnboarding,
  onboardingSteps,
  partnerResearch,
];

/** @returns null when there is no workflow of that id. */
export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
