import * as z from 'zod';
import { type BatchSum, defineWorkflow, type Workflow, webhook } from '../../shared/authoring/index.ts';

const Order = z.object({
  id: z.string().min(1),
  item: z.string(),
  cents: z.coerce.number().int(),
  like: z.string().optional(),
});

const money: BatchSum = {
  title: 'Ordered',
  amount: ({ input, isWaiting }) => (isWaiting ? null : { minor: Number(input['cents']), currency: 'EUR' }),
};

/** Orders that come one by one or as a file of many; made up, and not deployed. */
export const orders: Workflow = defineWorkflow({
  id: 'orders',
  title: 'Orders',
  summary: 'Takes orders.',
  team: {
    name: 'Stock',
    owner: 'stock@remit.example',
    approvers: ['stock@remit.example'],
    nextApprovers: [],
    answerWithinHours: 8,
  },
  triggers: [
    webhook({ id: 'order', when: 'The shop reports one order', key: ({ id }) => String(id) }),
    webhook({
      id: 'order-file',
      when: 'The shop sends all orders of a day',
      batch: {
        each: 'order',
        alike: { of: ({ item }) => String(item), told: (order, like) => ({ ...order, like }) },
        sums: [money],
      },
    }),
  ],
  input: Order as unknown as z.ZodType<{ id: string; item: string; cents: number }>,
  subject: ({ id }) => id,
  sources: {},
  agent: {
    id: 'taker',
    title: 'Taker',
    instructions: 'taker.md',
    sources: [],
    judgement: z.object({ isFine: z.boolean() }),
    timeoutMs: 10_000,
  },
  decision: z.object({ isFine: z.boolean() }),
  conclude: (judgement) => judgement,
  actions: {},
  plan: () => [],
  escalation: [{ id: 'not-fine', because: 'It is not fine.', when: ({ isFine }) => !isFine }],
  rollout: { phase: 'partial', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [{ name: 'isFine', kind: 'class' }] },
});

export const ORDER_FILE = 'id,item,cents\no-1,pen,120\no-2,pen,130\no-3,ink\no-1,pen,120\n';
