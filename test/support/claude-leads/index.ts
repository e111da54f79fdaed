import type { Workflow } from '../../../shared/authoring/index.ts';
import { qualifierAlone } from '../qualifier-alone.ts';

/**
 * The lead workflow with one model of Claude that may decide before anybody has judged it, and the learned model beside it
 * as a second opinion. Stands in for agents/index.ts.
 */
export const claudeLeads: Workflow = {
  ...qualifierAlone(),
  agents: qualifierAlone().agents.map((agent) => ({
    ...agent,
    cascade: [
      { tier: 'learned', mayDecide: false },
      { tier: 'smart', unmeasuredConfidence: 0.9 },
    ],
  })),
};

export const workflows: readonly Workflow[] = [claudeLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
