import * as z from 'zod';
import { defineActionConnector } from '../../authoring/index.ts';
import { Money } from '../../contracts/index.ts';

const Name = z.string().min(1).max(200);
const Flag = z.strictObject({
  transactionId: Name.meta({ title: 'Transaction' }),
  holder: z.email().meta({ title: 'Card holder' }),
  amount: Money.strict().meta({ title: 'Amount' }),
  reason: z.string().min(1).max(500).meta({ title: 'What the holder reads' }),
});

/** Puts a flag on a payment, which its holder sees and answers in the expense tool. Clearing the flag takes it back. */
export const flagPayment = defineActionConnector({
  id: 'sandbox.cards-flag',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Flag,
  result: z.strictObject({ flagId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'flag', target: transactionId }),
});

export const clearFlag = defineActionConnector({
  id: 'sandbox.cards-clear-flag',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Flag,
  result: z.strictObject({ flagId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'clear-flag', target: transactionId }),
});

/** Keeps what an employee paid privately from being paid back with the next payroll. */
export const holdReimbursement = defineActionConnector({
  id: 'sandbox.cards-hold-reimbursement',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Flag,
  result: z.strictObject({ holdId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'hold-reimbursement', target: transactionId }),
});

/** Asks the issuer of a card for the money of a payment back. The merchant hears of it, so nothing takes it back. */
export const disputeCharge = defineActionConnector({
  id: 'sandbox.cards-dispute',
  effect: 'irreversible',
  idempotency: 'key',
  arguments: z.strictObject({
    transactionId: Name.meta({ title: 'Transaction' }),
    sameAs: Name.meta({ title: 'Same as' }),
    card: Name.meta({ title: 'Card' }),
    merchant: Name.meta({ title: 'Merchant' }),
    amount: Money.strict().meta({ title: 'Amount' }),
    reason: z.string().min(1).max(500).meta({ title: 'What the issuer reads' }),
  }),
  result: z.strictObject({ disputeId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'dispute', target: transactionId }),
});
