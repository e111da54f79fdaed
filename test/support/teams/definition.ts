import * as z from 'zod';
import { action, source, webhook } from '../../../shared/authoring/index.ts';
import { crmHistory, postToChannel } from '../../../shared/connectors/definitions.ts';
import { WORKFLOW } from '../leads.ts';

export const Note = z.object({ name: z.string(), email: z.email(), message: z.string() });
export type Note = z.infer<typeof Note>;

/**
 * All of a workflow but its agents. It bears the id of the lead workflow, so that it can stand in its place in a
 * synthesized stack. Made up, and deployed by tests alone.
 */
export const common = {
  id: WORKFLOW,
  summary: 'A workflow of tests.',
  team: {
    name: 'Sales',
    owner: 'sales-lead@remit.example',
    approvers: ['sales-lead@remit.example'],
    nextApprovers: [],
    answerWithinHours: 24,
  },
  triggers: [webhook({ id: 'contact-form', when: 'A note is sent in by the form of the test' })],
  input: Note,
  subject: ({ name }: Note) => name,
  sources: {
    'crm-history': source({
      title: 'CRM history',
      connector: crmHistory,
      isRequired: false,
      arguments: ({ email }: Note) => ({ email }),
    }),
  },
  actions: {
    'post-to-channel': action({ title: 'Post to the channel', tier: 'autonomous', connector: postToChannel }),
  },
  escalation: [{ id: 'never', because: 'This never holds.', when: () => false }],
  // Three agents of 0.9 come to no more than 0.72 together.
  rollout: { phase: 'partial', minimumConfidence: 0.5 },
  learned: { target: 0.9, fields: [] },
} as const;

/** What every agent of a test has in common; its instructions say who it is. */
export function agent<Id extends string>(id: Id, title: string) {
  // One model of Claude, which may decide before anybody has judged it.
  const cascade = [{ tier: 'smart', unmeasuredConfidence: 0.9 }] as const;
  return { title, instructions: `${id}.md`, sources: ['crm-history'], timeoutMs: 30_000, cascade } as const;
}
