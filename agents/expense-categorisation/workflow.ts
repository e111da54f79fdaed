import { action, bucketFile, defineWorkflow, source, webhook } from '../../shared/authoring/index.ts';
import {
  bookEntry,
  booksEntries,
  cardHistory,
  clearFlag,
  counterEntry,
  disputeCharge,
  flagPayment,
  holdReimbursement,
} from '../../shared/connectors/definitions.ts';
import { ACCOUNTS } from './accounts.ts';
import { dayOfPayments } from './day-file.ts';
import { isOverLimit, limitsBelow } from './limits.ts';
import { merchantKey } from './merchant.ts';
import { amountWords, LIMITS, OWN_CURRENCY, sizeOf } from './money.ts';
import { expenseSignals, givesOrders } from './signals.ts';
import { entryText, flagText } from './texts.ts';
import { ExpenseDecision, ExpenseJudgement, fromFeed, Transaction } from './transaction.ts';

const own = (minor: number) => ({ minor, currency: OWN_CURRENCY });

/** Where it stands why something was bought. */
const WORDS = ['input.memo', 'input.merchantType', 'signals.privateHinted', 'signals.wasteHinted'];

const sources = {
  books: source({
    title: 'Books',
    connector: booksEntries,
    isRequired: true,
    arguments: ({ id, card, merchant, amountMinor, currency, date }: Transaction) => ({
      ...{ transactionId: id, card, merchant: merchantKey(merchant), amount: { minor: amountMinor, currency }, date },
    }),
  }),
  'card-history': source({
    title: 'History of card and merchant',
    connector: cardHistory,
    isRequired: true,
    arguments: ({ card, merchant }: Transaction) => ({ card, merchant: merchantKey(merchant) }),
  }),
  limits: source({
    title: 'Limits that it is above',
    connector: limitsBelow,
    isRequired: true,
    arguments: ({ amountMinor }: Transaction) => ({ amountMinor }),
  }),
};

const book = {
  connector: bookEntry,
  amount: ({ amount }: { amount: { minor: number; currency: string } }) => amount,
  // What is booked meanwhile, by whatever way, is not to be booked again.
  pins: ['books.account', 'books.sameCharge'],
  compensation: { action: 'counter-entry', arguments: (entry: object) => ({ ...entry }) },
};

const actions = {
  'book-small-entry': action({
    ...book,
    title: 'Book the payment',
    tier: 'autonomous',
    approveFrom: own(LIMITS.small),
  }),
  'book-entry': action({
    ...book,
    title: 'Book the payment',
    tier: 'notify',
    approveFrom: own(LIMITS.large + 1),
    approval: { above: [{ from: own(500_000), people: [{ role: 'directors' }], quorum: 1 }] },
  }),
  'counter-entry': action({ title: 'Book a counter-entry', tier: 'autonomous', connector: counterEntry }),
  'flag-to-holder': action({
    title: 'Ask the card holder about it',
    tier: 'notify',
    connector: flagPayment,
    compensation: { action: 'clear-flag', arguments: (flag) => ({ ...flag }) },
  }),
  'clear-flag': action({ title: 'Clear the flag', tier: 'autonomous', connector: clearFlag }),
  'hold-reimbursement': action({
    title: 'Hold the reimbursement',
    tier: 'approve',
    connector: holdReimbursement,
    amount: ({ amount }) => amount,
    // Before the next payroll.
    approval: { answerWithinHours: 48 },
  }),
  'dispute-duplicate': action({
    title: 'Dispute the second charge',
    tier: 'approve',
    connector: disputeCharge,
    amount: ({ amount }) => amount,
    pins: ['books.account'],
    // Issuers take disputes for weeks; a weekend does no harm.
    approval: { answerWithinHours: 96, needsReason: false },
  }),
};

/** The expense categorisation of a B2B software company. The company, its people and all data are made up. */
export const expenseCategorisation = defineWorkflow({
  id: 'expense-categorisation',
  title: 'Expense categorisation',
  summary: 'Books card payments, and finds what was wasted or charged twice.',
  team: {
    name: 'Finance',
    owner: 'finance-manager@remit.example',
    approvers: ['finance-manager@remit.example'],
    nextApprovers: ['finance-deputy@remit.example'],
    answerWithinHours: 48,
    roles: { directors: ['finance-director@remit.example'] },
    channel: '#finance-approvals',
  },

  triggers: [
    webhook({
      id: 'card-transaction',
      when: 'The card issuer or the expense tool reports one payment',
      toInput: fromFeed,
      key: (payment) => String(payment['id']),
    }),
    webhook({
      id: 'day-file',
      when: 'The card issuer sends the file with all payments of a day',
      batch: dayOfPayments,
    }),
    bucketFile({
      id: 'dropped-file',
      when: 'The bank or the card issuer puts the file of a day into the bucket for files',
      prefix: 'expense-categorisation/',
      suffix: '.csv',
      batch: dayOfPayments,
    }),
  ],

  input: Transaction,
  signals: expenseSignals,
  subject: ({ merchant, amountMinor, currency }) => `${merchant}, ${amountWords(amountMinor, currency)}`,
  caseKey: ({ card }) => card,
  requestedBy: ({ holder }) => holder,
  labels: {
    id: 'Transaction',
    date: 'Date',
    card: 'Card',
    holder: 'Card holder',
    department: 'Department',
    paidWith: 'Paid with',
    merchant: 'Merchant',
    merchantType: 'Kind of merchant',
    amountMinor: 'Amount in cents',
    currency: 'Currency',
    memo: 'What the holder wrote',
    alikeInFile: 'Same as in the file',
  },

  sources,
  agent: {
    id: 'categoriser',
    title: 'Expense categoriser',
    instructions: 'categoriser.md',
    sources: ['books', 'card-history', 'limits'],
    judgement: ExpenseJudgement,
    timeoutMs: 30_000,
  },

  decision: ExpenseDecision,
  conclude: ({ account, breaksPolicy, isWasteful }, { input, sources: read }) => ({
    ...{ account, breaksPolicy, isWasteful },
    isOverLimit: isOverLimit(account, read.limits?.rows ?? null),
    wastedMinor: isWasteful ? Math.max(0, input.amountMinor) : 0,
    duplicateOf: read.books?.sameCharge ?? input.alikeInFile ?? null,
    size: sizeOf(input.amountMinor),
  }),

  actions,
  plan: (decision, { input: payment }, act) => {
    const { account, breaksPolicy, isWasteful, duplicateOf } = decision;
    const { id: transactionId, holder, card, date, currency, amountMinor, paidWith } = payment;
    const merchant = merchantKey(payment.merchant);
    const amount = { minor: amountMinor, currency };
    const flag = { transactionId, holder, amount, reason: flagText(payment, decision) };
    if (paidWith === 'private' && (duplicateOf !== null || breaksPolicy)) {
      return [act('flag-to-holder', flag), act('hold-reimbursement', flag)];
    }
    if (duplicateOf !== null) {
      const dispute = { transactionId, sameAs: duplicateOf, card, merchant, amount };
      const reason = `Charged a second time; the first charge is ${duplicateOf}.`;
      return [act('flag-to-holder', flag), act('dispute-duplicate', { ...dispute, reason })];
    }
    const entry = { transactionId, card, merchant, amount, date, account: ACCOUNTS[account], text: entryText(payment) };
    return [
      act(Math.abs(amountMinor) < LIMITS.small ? 'book-small-entry' : 'book-entry', entry),
      ...(isWasteful || breaksPolicy ? [act('flag-to-holder', flag)] : []),
    ];
  },

  escalation: [
    {
      id: 'against-policy',
      because: 'It may be against the spending rules.',
      when: ({ breaksPolicy }) => breaksPolicy,
    },
    {
      id: 'over-limit',
      because: 'It is more than its account allows at once.',
      when: (decision) => decision.isOverLimit,
    },
    {
      id: 'booked-before',
      because: 'The books have an entry for this transaction, and this one says something else.',
      when: (_decision, { sources: read }) => (read.books?.account ?? null) !== null,
    },
    {
      id: 'foreign-currency',
      because: `The amount is not in ${OWN_CURRENCY}, in which the limits are written.`,
      when: (_decision, { input }) => input.currency !== OWN_CURRENCY,
    },
    {
      id: 'no-charge',
      because: 'The amount is zero or below: money comes back, or nothing was paid.',
      when: (_decision, { input }) => input.amountMinor <= 0,
    },
    {
      id: 'gives-orders',
      because: 'What the holder wrote gives orders to whoever decides.',
      when: (_decision, { input }) => givesOrders(input),
    },
    {
      id: 'new-merchant',
      because: 'Nobody has paid this merchant before, and it is no small amount.',
      when: ({ size }, { sources: read }) => size !== 'small' && read['card-history']?.isMerchantKnown !== true,
    },
  ],

  segments: [
    { id: 'small', title: 'Under 100 EUR', when: ({ size }) => size === 'small' },
    { id: 'middle', title: '100 to 1,000 EUR', when: ({ size }) => size === 'middle' },
    { id: 'large', title: 'Over 1,000 EUR', when: ({ size }) => size === 'large' },
  ],
  caps: [
    {
      ...{ id: 'booked-alone-a-day', counts: 'amount', per: 'day', limit: 500_000, currency: OWN_CURRENCY },
      actions: ['book-small-entry'],
    },
    { id: 'disputes-a-day', counts: 'effects', per: 'day', limit: 20, actions: ['dispute-duplicate'] },
  ],
  rollout: { phase: 'partial', minimumConfidence: 0.8, minutesByHand: 4 },
  learned: {
    target: 0.9,
    fields: [
      { name: 'account', kind: 'class' },
      // What a card or a shop was booked on before says little of why this was bought.
      { name: 'breaksPolicy', kind: 'class', use: 'model', reads: WORDS },
      { name: 'isWasteful', kind: 'class', use: 'model', reads: WORDS },
    ],
    features: {
      'input.id': 'ignore',
      'input.date': 'ignore',
      'input.card': 'ignore',
      'input.holder': 'ignore',
      'input.currency': 'ignore',
      'input.paidWith': 'ignore',
      'input.alikeInFile': 'ignore',
      'input.department': 'category',
      'input.merchant': 'text',
      'input.merchantType': 'category',
      'input.memo': 'text',
      'input.amountMinor': { cuts: [2_500, 5_000, 10_000, 30_000, 100_001] },
      'sources.books.account': 'ignore',
      'sources.books.sameCharge': 'ignore',
      'sources.card-history.usualAccount': 'category',
      'sources.card-history.merchantAccount': 'category',
      'sources.card-history.times': { cuts: [1, 3] },
      // Which limit counts is known once the account is.
      'sources.limits.name': 'ignore',
      'sources.limits.etag': 'ignore',
      'sources.limits.changedAt': 'ignore',
      'sources.limits.rows.account': 'ignore',
      'sources.limits.rows.most_at_once': 'ignore',
      'sources.limits.isAll': 'ignore',
      'signals.merchant': 'category',
    },
    keys: ['signals.merchant'],
    history: {
      keys: [['input.card', 'signals.merchant'], ['signals.merchant'], ['input.merchantType']],
      learnsAsItGoes: true,
    },
  },
});
