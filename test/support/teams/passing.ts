import * as z from 'zod';
import { defineWorkflow, handOff, type Workflow } from '../../../shared/authoring/index.ts';
import { agent, common } from './definition.ts';

const Answer = z.strictObject({ text: z.string() });
const takes = z.object({ problem: z.string() });

/** A desk that hands the case to billing, who may hand it back. */
export const passing: Workflow = defineWorkflow({
  ...common,
  title: 'Answer by whoever knows',
  agents: {
    desk: { ...agent('desk', 'Desk'), takes, judgement: Answer },
    billing: { ...agent('billing', 'Billing'), takes, judgement: Answer },
  },
  pattern: handOff({ first: 'desk', routes: { desk: ['billing'], billing: ['desk'] }, most: { turns: 6, costUsd: 1 } }),
  decision: Answer,
  conclude: ({ text }) => ({ text }),
  plan: ({ text }, _facts, act) => [act('post-to-channel', { channel: '#sales-hot', text })],
});
