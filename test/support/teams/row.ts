import * as z from 'zod';
import { defineWorkflow, sequence, type Workflow } from '../../../shared/authoring/index.ts';
import { agent, common } from './definition.ts';

const Found = z.strictObject({ topic: z.string(), urgency: z.enum(['low', 'high']) });
const Draft = z.strictObject({ text: z.string() });
const Checked = z.strictObject({ text: z.string(), isPolite: z.boolean() });

/** Three agents in a row: one reads, one writes, one corrects what was written. */
export const row: Workflow = defineWorkflow({
  ...common,
  title: 'Answer in three steps',
  agents: {
    reader: { ...agent('reader', 'Reader'), judgement: Found },
    writer: { ...agent('writer', 'Writer'), takes: z.object({ topic: z.string() }), judgement: Draft },
    editor: {
      ...agent('editor', 'Editor'),
      takes: z.object({ text: z.string().max(200), urgency: z.enum(['low', 'high']) }),
      judgement: Checked,
    },
  },
  pattern: sequence('reader', 'writer', 'editor'),
  decision: z.strictObject({ topic: z.string(), urgency: z.enum(['low', 'high']), text: z.string() }),
  conclude: ({ topic, urgency, text }) => ({ topic, urgency, text }),
  plan: ({ text }, _facts, act) => [act('post-to-channel', { channel: '#sales-hot', text })],
});

export const workflows: readonly Workflow[] = [row];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
