import * as z from 'zod';
import { type Bounds, defineWorkflow, orchestrator, type Workflow } from '../../../shared/authoring/index.ts';
import { agent, common } from './definition.ts';

const Report = z.strictObject({ partners: z.array(z.string()), text: z.string() });
const Finding = z.strictObject({ names: z.array(z.string()) });
const Draft = z.strictObject({ text: z.string() });

/** A planner that leads a researcher, who may ask a person, and a writer. */
export const led: Workflow = defineWorkflow({
  ...common,
  title: 'Find partners',
  agents: {
    planner: { ...agent('planner', 'Planner'), judgement: Report },
    researcher: {
      ...agent('researcher', 'Researcher'),
      takes: z.object({ query: z.string() }),
      judgement: Finding,
      mayAsk: true,
    },
    writer: { ...agent('writer', 'Writer'), takes: z.object({ about: z.string() }), judgement: Draft },
  },
  pattern: orchestrator({ leader: 'planner', leads: ['researcher', 'writer'], most: { turns: 7, costUsd: 1 } }),
  decision: Report,
  conclude: ({ partners, text }) => ({ partners, text }),
  plan: ({ text }, _facts, act) => [act('post-to-channel', { channel: '#sales-hot', text })],
});

export function ledWithin(most: Partial<Bounds>): Workflow {
  const { pattern } = led;
  if (pattern.kind !== 'orchestrator') throw new Error('a planner leads');
  return { ...led, pattern: { ...pattern, most: { ...pattern.most, ...most } } };
}

export const workflows: readonly Workflow[] = [led];

export function findWorkflow(id: string): Workflow | null {
  return workflows.find((workflow) => workflow.id === id) ?? null;
}
