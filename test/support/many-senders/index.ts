import { leadQualification } from '../../../agents/lead-qualification/workflow.ts';
import { type WebhookStyle, type Workflow, webhook } from '../../../shared/authoring/index.ts';

export const STYLES = ['stripe', 'github', 'slack', 'hubspot', 'typeform'] as const satisfies readonly WebhookStyle[];

/** The lead workflow, with a trigger for each way in which senders sign. Stands in for agents/index.ts. */
export const workflows: readonly Workflow[] = [
  {
    ...leadQualification,
    triggers: [
      ...leadQualification.triggers,
      ...STYLES.map((signed) =>
        webhook({
          ...{ id: `by-${signed}`, when: 'A form that its sender signs', signed },
          toInput: ({ id: _id, event_id: _event, ...form }) => ({ ...form, channel: 'contact-form' }),
        }),
      ),
    ],
  },
];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
