import * as z from 'zod';
import { defineWorkflow, type VotePattern, votingPanel, type Workflow } from '../../../shared/authoring/index.ts';
import { agent, common } from './definition.ts';

const Opinion = z.strictObject({ answer: z.enum(['yes', 'no', 'later']), why: z.string() });

/** Four agents on the same question, who debate once, and a judge where they still do not agree. */
export const panel: Workflow = defineWorkflow({
  ...common,
  title: 'Answer by vote',
  labels: { answer: 'Answer' },
  agents: {
    buyer: { ...agent('buyer', 'Buyer'), judgement: Opinion },
    lawyer: { ...agent('lawyer', 'Lawyer'), judgement: Opinion },
    engineer: { ...agent('engineer', 'Engineer'), judgement: Opinion },
    seller: { ...agent('seller', 'Seller'), judgement: Opinion },
    chair: { ...agent('chair', 'Chair'), judgement: Opinion },
  },
  pattern: votingPanel({
    members: ['buyer', 'lawyer', 'engineer', 'seller'],
    rule: { kind: 'majority' },
    on: ['answer'],
    debates: 1,
    judge: 'chair',
  }),
  decision: Opinion,
  conclude: ({ answer, why }) => ({ answer, why }),
  plan: ({ answer }, _facts, act) => [act('post-to-channel', { channel: '#sales-hot', text: answer })],
});

/** The same panel with other settings. */
export function panelWith(changes: Partial<VotePattern<readonly string[], string, string>>): Workflow {
  const { pattern } = panel;
  if (pattern.kind !== 'panel' || pattern.settle !== 'vote') throw new Error('the panel votes');
  return { ...panel, pattern: { ...pattern, ...changes } };
}

export const workflows: readonly Workflow[] = [panel];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
