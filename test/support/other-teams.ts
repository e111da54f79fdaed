import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import type { ActionDefinition, Approval, Team, Workflow } from '../../shared/authoring/index.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** The lead workflow as another team would have it, and approvals as its mail would have them. */
export function leadWorkflow({
  team = {},
  approval = {},
}: {
  team?: Partial<Team>;
  approval?: Partial<Approval>;
}): Workflow {
  const mail = leadQualification.actions['send-meeting-mail'];
  if (mail === undefined) throw new Error('the lead workflow sends no mail');
  const changed: ActionDefinition = { ...mail, approval: { ...mail.approval, ...approval } };
  return {
    ...leadQualification,
    team: { ...leadQualification.team, ...team },
    actions: { ...leadQualification.actions, 'send-meeting-mail': changed },
  };
}

/** The same stores around that workflow. */
export function withWorkflow(ports: MemoryPorts, workflow: Workflow): MemoryPorts {
  return { ...ports, workflows: [workflow], findWorkflow: (id) => (id === workflow.id ? workflow : null) };
}
