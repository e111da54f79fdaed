import { hrOnboarding } from '../../../agents/hr-onboarding/workflow.ts';
import type { Workflow } from '../../../shared/authoring/index.ts';

/** HR onboarding with one model of Claude that may decide before anybody has judged it. Stands in for agents/index.ts. */
export const claudeOnboarding: Workflow = {
  ...hrOnboarding,
  agents: hrOnboarding.agents.map((agent) => ({ ...agent, cascade: [{ tier: 'smart', unmeasuredConfidence: 0.95 }] })),
};

export const workflows: readonly Workflow[] = [claudeOnboarding];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
