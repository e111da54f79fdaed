import * as z from 'zod';
import { defineWorkflow, mergingPanel, type Workflow } from '../../../shared/authoring/index.ts';
import { agent, common } from './definition.ts';

const Mood = z.strictObject({ mood: z.enum(['good', 'bad']) });
const Topic = z.strictObject({ topic: z.string() });

/** Two specialists, each deciding a field of its own. */
export const specialists: Workflow = defineWorkflow({
  ...common,
  title: 'Answer by specialists',
  agents: {
    listener: { ...agent('listener', 'Listener'), judgement: Mood },
    librarian: { ...agent('librarian', 'Librarian'), judgement: Topic },
  },
  pattern: mergingPanel('listener', 'librarian'),
  decision: z.strictObject({ mood: z.enum(['good', 'bad']), topic: z.string() }),
  conclude: ({ mood, topic }) => ({ mood, topic }),
  plan: ({ topic }, _facts, act) => [act('post-to-channel', { channel: '#sales-hot', text: topic })],
});
