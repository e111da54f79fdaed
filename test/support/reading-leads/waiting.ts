import type { Workflow } from '../../../shared/authoring/index.ts';
import { readingLeads } from './index.ts';

/** The same with so little time for a turn that a service which is down is tried once. Stands in for agents/index.ts. */
export const waitingLeads: Workflow = {
  ...readingLeads,
  agents: readingLeads.agents.map((agent) => ({ ...agent, timeoutMs: 2_500 })),
};

export const workflows: readonly Workflow[] = [waitingLeads];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
