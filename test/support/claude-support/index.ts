import { supportTriage } from '../../../agents/support-triage/workflow.ts';
import type { Workflow } from '../../../shared/authoring/index.ts';

/** Support triage with one model of Claude that may decide before anybody has judged it. Stands in for agents/index.ts. */
export const claudeSupport: Workflow = {
  ...supportTriage,
  agents: supportTriage.agents.map((agent) => ({ ...agent, cascade: [{ tier: 'smart', unmeasuredConfidence: 0.9 }] })),
};

export const workflows: readonly Workflow[] = [claudeSupport];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
