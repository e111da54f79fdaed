import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { ActionDefinition, Workflow } from '../../shared/authoring/index.ts';

/** The lead workflow as if a CRM record cost money by its score: a euro a point, and asked. Takes the place of agents/index.ts. */
const paidLeads: Workflow = {
  ...leadQualification,
  actions: { ...leadQualification.actions, 'create-crm-record': paid(leadQualification.actions['create-crm-record']) },
};

export const workflows: readonly Workflow[] = [paidLeads];

export function findWorkflow(id: string): Workflow | null {
  return id === paidLeads.id ? paidLeads : null;
}

function paid(record: ActionDefinition | undefined): ActionDefinition {
  if (record === undefined) throw new Error('the lead workflow creates no record');
  return { ...record, tier: 'approve', amount: ({ score }) => ({ minor: Number(score) * 100, currency: 'EUR' }) };
}
