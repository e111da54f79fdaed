import * as z from 'zod';
import { action, defineActionConnector, defineWorkflow, type Workflow, webhook } from '../../shared/authoring/index.ts';
import type { Action, Phase, Settings } from '../../shared/contracts/index.ts';
import { withArguments } from '../../shared/domain/plan-actions.ts';
import { defaultSettings } from '../../shared/operations/current-settings.ts';
import { CASE_ID } from './lead-case.ts';
import { anAction, VERSION } from './stored-examples.ts';

export const MANAGER = 'manager@remit.example';
export const DIRECTOR = 'director@remit.example';

export const Expense = z.object({ payee: z.email(), amountMinor: z.int(), purpose: z.string(), wantedBy: z.string() });
export type Expense = z.infer<typeof Expense>;
const Judgement = z.object({ isFine: z.boolean() });

const payment = defineActionConnector({
  id: 'test.pay',
  effect: 'reversible',
  idempotency: 'key',
  arguments: z.strictObject({
    payee: z.email().meta({ title: 'Payee' }),
    sum: z.strictObject({ minor: z.int(), currency: z.enum(['EUR', 'USD']) }),
    purpose: z.string().meta({ title: 'Purpose' }),
  }),
  result: z.object({}),
  timeoutMs: 1_000,
  intent: ({ payee, purpose }) => ({ effect: 'pay', target: `${payee} ${purpose}` }),
});

const pay = {
  title: 'Pay the expense',
  tier: 'approve',
  connector: payment,
  amount: ({ sum }: { sum: { minor: number; currency: string } }) => sum,
} as const;

/** Pays what employees spent. Money moves, so that amounts, steps and sums can be tested; made up, and not deployed. */
export const expenses: Workflow = defineWorkflow({
  id: 'expenses',
  title: 'Expenses',
  summary: 'Pays what employees spent.',
  team: {
    name: 'Finance',
    owner: 'owner@remit.example',
    approvers: [MANAGER],
    nextApprovers: [],
    answerWithinHours: 24,
    roles: { directors: [DIRECTOR] },
  },
  triggers: [webhook({ id: 'form', when: 'An expense is sent in by the form' })],
  input: Expense,
  subject: ({ purpose }) => purpose,
  requestedBy: ({ wantedBy }) => wantedBy,
  sources: {},
  agent: {
    id: 'checker',
    title: 'Checker',
    instructions: 'checker.md',
    sources: [],
    judgement: Judgement,
    timeoutMs: 10_000,
  },
  decision: Judgement,
  conclude: (judgement) => judgement,
  actions: {
    'pay-expense': action({
      ...pay,
      approveFrom: { minor: 100_000, currency: 'EUR' },
      approval: { above: [{ from: { minor: 50_000, currency: 'EUR' }, people: [{ role: 'directors' }], quorum: 1 }] },
    }),
    'pay-back': action({ ...pay, tier: 'notify', title: 'Pay back', holdMinutes: 10 }),
    'note-expense': action({ ...pay, tier: 'autonomous', title: 'Note the expense' }),
    'pay-twice-checked': action({ ...pay, approval: { quorum: 2 } }),
    'pay-with-proof': action({ ...pay, approval: { proof: 'fresh-sign-in' } }),
    'pay-with-reason': action({ ...pay, approval: { needsReason: true } }),
    'wire-money': action({ ...pay, connector: { ...payment, effect: 'irreversible' } }),
  },
  plan: ({ isFine }, { input: { payee, amountMinor, purpose } }, act) =>
    isFine ? [act('pay-expense', { payee, sum: { minor: amountMinor, currency: 'EUR' }, purpose })] : [],
  escalation: [
    { id: 'travel', because: 'Travel is looked at by a person.', when: (_, { input }) => input.purpose === 'travel' },
  ],
  segments: [{ id: 'small', title: 'Under 200 EUR', when: (_, { input }) => input.amountMinor < 20_000 }],
  caps: [{ id: 'daily-money', counts: 'amount', per: 'day', limit: 1_000_000, currency: 'EUR' }],
  rollout: { phase: 'partial', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [{ name: 'isFine', kind: 'class' }] },
});

export function expenseSettings(phase: Phase, changes: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(expenses), phase, ...changes };
}

export interface Payment {
  readonly payee: string;
  readonly minor: number;
  readonly currency: string;
  readonly purpose: string;
}

const LUNCH: Payment = { payee: 'ann@remit.example', minor: 4_200, currency: 'EUR', purpose: 'lunch' };

/** One of the actions as planning would propose it in phase partial; a lunch of 42.00 EUR by default. */
export function aPayment(changes: Partial<Payment> = {}, action = 'pay-expense', made: Partial<Action> = {}): Action {
  const { payee, minor, currency, purpose } = { ...LUNCH, ...changes };
  const named = anAction(CASE_ID, `${action}#1`, { action, title: expenses.actions[action]?.title ?? action });
  const binding = { caseId: CASE_ID, workflow: expenses, version: VERSION };
  return { ...withArguments(binding, named, { payee, sum: { minor, currency }, purpose }), ...made };
}
