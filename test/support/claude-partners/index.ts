import { partnerResearch } from '../../../agents/partner-research/workflow.ts';
import type { Workflow } from '../../../shared/authoring/index.ts';

/** Partner research whose agents ask one model of Claude, which may decide before anybody has judged it. */
export const claudePartners: Workflow = {
  ...partnerResearch,
  agents: partnerResearch.agents.map((agent) => ({
    ...agent,
    cascade: [{ tier: 'smart', unmeasuredConfidence: 0.9 }, { tier: 'scripted' }],
  })),
};

/** Stands in for agents/index.ts. */
export const workflows: readonly Workflow[] = [claudePartners];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
