import * as z from 'zod';
import { defineWorkflow, type FeatureKind, type Workflow, webhook } from '../../shared/authoring/index.ts';

const Payment = z.object({ card: z.string(), merchant: z.string(), memo: z.string() });
const Judged = z.object({ account: z.string(), isWasteful: z.boolean() });

interface Desk {
  readonly learns?: boolean;
  readonly history?: readonly (readonly string[])[];
  readonly features?: Readonly<Record<string, FeatureKind>>;
}

/** Books payments, and goes on learning the account; made up, and not deployed. */
export function paymentDesk({ learns = true, history = KEYS, features = {} }: Desk = {}): Workflow {
  return defineWorkflow({
    ...{ id: 'payment-desk', title: 'Payment desk', summary: 'Books payments.' },
    team: {
      ...{ name: 'Finance', owner: 'owner@remit.example', approvers: ['manager@remit.example'], nextApprovers: [] },
      answerWithinHours: 24,
    },
    triggers: [webhook({ id: 'payment', when: 'A payment is reported' })],
    input: Payment,
    signals: ({ merchant }) => ({ shop: String(merchant).toLowerCase() }),
    subject: ({ merchant }) => merchant,
    sources: {},
    agent: {
      ...{ id: 'booker', title: 'Booker', instructions: 'booker.md', sources: [] },
      ...{ judgement: Judged, timeoutMs: 10_000 },
    },
    decision: Judged,
    conclude: (judged) => judged,
    actions: {},
    plan: () => [],
    escalation: [{ id: 'no-memo', because: 'Nobody says why.', when: (_, { input: { memo } }) => memo === '' }],
    segments: [],
    caps: [],
    rollout: { phase: 'partial', minimumConfidence: 0.5 },
    learned: {
      target: 0.9,
      fields: [
        { name: 'account', kind: 'class' },
        { name: 'isWasteful', kind: 'class', use: 'model' },
      ],
      features: { 'input.card': 'category', 'input.merchant': 'text', 'input.memo': 'text', ...features },
      keys: ['signals.shop'],
      history: { keys: history, learnsAsItGoes: learns },
    },
  });
}

const KEYS = [['input.card', 'signals.shop'], ['signals.shop[0..4]'], ['sources.register.owner']];
