import * as z from 'zod';
import {
  action,
  defineActionConnector,
  defineSourceConnector,
  defineWorkflow,
  source,
  type Workflow,
  webhook,
} from '../../shared/authoring/index.ts';

const Purchase = z.object({ date: z.iso.date(), merchant: z.string(), card: z.string(), amountMinor: z.int() });
const Booking = z.object({ account: z.string().min(1) });

const cards = defineSourceConnector({
  id: 'bench.cards',
  arguments: z.strictObject({ card: z.string() }),
  data: z.object({ directorate: z.string() }),
  timeoutMs: 1_000,
  attempts: 1,
});

const ledger = defineActionConnector({
  id: 'bench.ledger',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({ account: z.string(), minor: z.int(), merchant: z.string() }),
  result: z.object({}),
  timeoutMs: 1_000,
  intent: (args) => ({ effect: 'book', target: `${args.account} ${args.merchant}` }),
});

const LARGEST_ALONE_MINOR = 500_000;

/**
 * Books each card purchase to its account; the register of cards, a source, says whose card it is. `learns`: what people
 * confirm counts from the next case on.
 */
export function purchaseLedger(target: number, learns = false): Workflow {
  return defineWorkflow({
    id: 'card-purchases',
    title: 'Card purchases',
    summary: 'Books card purchases to their accounts.',
    team: {
      name: 'Finance',
      owner: 'finance-manager@remit.example',
      approvers: ['finance-manager@remit.example'],
      nextApprovers: [],
      answerWithinHours: 48,
    },
    triggers: [webhook({ id: 'purchase', when: 'The card issuer reports a purchase' })],
    input: Purchase,
    signals: ({ merchant }) => ({ merchant: nameOf(String(merchant)) }),
    subject: ({ merchant }) => merchant,
    sources: {
      register: source({
        title: 'Register of cards',
        connector: cards,
        isRequired: true,
        arguments: ({ card }: z.infer<typeof Purchase>) => ({ card }),
      }),
    },
    agent: {
      ...{ id: 'booker', title: 'Booker', instructions: 'booker.md', sources: ['register'] },
      ...{ judgement: Booking, timeoutMs: 10_000 },
    },
    decision: Booking,
    conclude: (judgement) => judgement,
    actions: { book: action({ title: 'Book it', tier: 'autonomous', connector: ledger }) },
    plan: ({ account }, { input: { merchant, amountMinor } }, act) => [
      act('book', { account, minor: amountMinor, merchant }),
    ],
    escalation: [
      {
        id: 'large',
        because: 'It is more than is booked without a person.',
        when: (_, { input }) => Math.abs(input.amountMinor) > LARGEST_ALONE_MINOR,
      },
    ],
    segments: [],
    caps: [],
    // What the model may decide alone is for the thresholds to say that it learned.
    rollout: { phase: 'full', minimumConfidence: 0.01 },
    learned: {
      target,
      fields: [{ name: 'account', kind: 'class' }],
      features: {
        'input.date': 'date',
        'input.merchant': 'text',
        'input.card': 'category',
        'input.amountMinor': 'number',
        'sources.register.directorate': 'category',
        'signals.merchant': 'category',
      },
      crosses: [
        ['input.card', 'input.merchant[0..5]'],
        ['sources.register.directorate', 'signals.merchant'],
      ],
      history: {
        ...(learns ? { learnsAsItGoes: true } : {}),
        keys: [
          ['input.card', 'signals.merchant'],
          ['input.card', 'signals.merchant[0..6]'],
          ['sources.register.directorate', 'signals.merchant'],
          ['signals.merchant'],
          ['signals.merchant[0..8]'],
          ['input.card'],
          ['sources.register.directorate'],
        ],
      },
    },
  });
}

/** As it is told from branch to branch: numbers of shops and orders are no part of a name. */
function nameOf(merchant: string): string {
  return merchant.normalize('NFKC').trim().toLowerCase().replace(/[\d*]/g, '0');
}
