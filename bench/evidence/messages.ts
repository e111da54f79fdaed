import * as z from 'zod';
import { action, defineActionConnector, defineWorkflow, type Workflow, webhook } from '../../shared/authoring/index.ts';

const Message = z.object({ text: z.string() });
const Routing = z.object({ intent: z.string().min(1) });

const queue = defineActionConnector({
  id: 'bench.queue',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ queue: z.string(), text: z.string() }),
  result: z.object({}),
  timeoutMs: 1_000,
  intent: (args) => ({ effect: 'queue', target: args.queue }),
});

interface MessageDesk {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Wanted of what is sorted without a person. */
  readonly target: number;
  /** Share of the messages that belong to no queue, as the owner knows it. */
  readonly outOfScopeShare?: number;
}

/** A desk that puts each message into the queue of its intent. What fits none, or is not sure, is sorted by a person. */
export function messageDesk({ id, title, summary, target, outOfScopeShare }: MessageDesk): Workflow {
  return defineWorkflow({
    ...{ id, title, summary },
    team: {
      name: 'Support',
      owner: 'support-lead@remit.example',
      approvers: ['support-lead@remit.example'],
      nextApprovers: [],
      answerWithinHours: 24,
    },
    triggers: [webhook({ id: 'message', when: 'A customer sends a message in the chat of the app' })],
    input: Message,
    subject: ({ text }) => text.slice(0, 80),
    sources: {},
    agent: {
      ...{ id: 'sorter', title: 'Sorter', instructions: 'sorter.md', sources: [] },
      ...{ judgement: Routing, timeoutMs: 10_000 },
    },
    decision: Routing,
    conclude: (judgement) => judgement,
    actions: { route: action({ title: 'Put it into its queue', tier: 'autonomous', connector: queue }) },
    plan: ({ intent }, { input: { text } }, act) => [act('route', { queue: intent, text })],
    escalation: [
      {
        id: 'no-words',
        because: 'There is no word in it.',
        when: (_, { input: { text } }) => !/\p{L}/u.test(text),
      },
    ],
    segments: [],
    caps: [],
    // What the model may decide alone is for the thresholds to say that it learned.
    rollout: { phase: 'full', minimumConfidence: 0.01 },
    learned: {
      target,
      fields: [{ name: 'intent', kind: 'class' }],
      features: { 'input.text': 'text' },
      ...(outOfScopeShare === undefined ? {} : { outOfScopeShare }),
    },
  });
}
