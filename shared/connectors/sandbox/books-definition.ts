import * as z from 'zod';
import { defineActionConnector, defineSourceConnector } from '../../authoring/index.ts';
import { Money } from '../../contracts/index.ts';

const Name = z.string().min(1).max(200);

/** A payment as the books know it. `merchant` is compared as it is: hand it in without what changes from day to day. */
const Charge = z.strictObject({
  transactionId: Name.meta({ title: 'Transaction' }),
  card: Name.meta({ title: 'Card' }),
  merchant: Name.meta({ title: 'Merchant' }),
  amount: Money.strict().meta({ title: 'Amount' }),
  date: z.iso.date().meta({ title: 'Date' }),
});

/** An entry on an account of the books. */
const Entry = Charge.extend({
  account: z
    .string()
    .regex(/^[1-9]\d{3}$/, 'an account has four digits')
    .meta({ title: 'Account' }),
  text: z.string().min(1).max(200).meta({ title: 'Text of the entry' }),
});

/** What the books hold of a payment: its own entry, and another of the same card, merchant and amount within seven days. */
export const booksEntries = defineSourceConnector({
  id: 'sandbox.books-entries',
  arguments: Charge,
  data: z.object({
    /** Account on which the transaction is booked already; null for none. */
    account: z.string().nullable(),
    /** Id of the other payment; null for none. */
    sameCharge: z.string().nullable(),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** How payments of a card at a merchant were booked before. */
export const cardHistory = defineSourceConnector({
  id: 'sandbox.card-history',
  arguments: z.strictObject({ card: Name, merchant: Name }),
  data: z.object({
    /** Payments of this card at this merchant. */
    times: z.int().min(0),
    /** Where most of them were booked; null without any. */
    usualAccount: z.string().nullable(),
    isMerchantKnown: z.boolean(),
    /** Where most payments of all cards at this merchant were booked; null without any. */
    merchantAccount: z.string().nullable(),
  }),
  timeoutMs: 2_000,
  attempts: 3,
});

/** Books a payment. A transaction has one entry at most; a counter-entry takes it back, as books do. */
export const bookEntry = defineActionConnector({
  id: 'sandbox.books-entry',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Entry,
  result: z.strictObject({ entryId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'book', target: transactionId }),
});

/** Books the same with the opposite sign; both entries stay in the books. */
export const counterEntry = defineActionConnector({
  id: 'sandbox.books-counter-entry',
  effect: 'reversible',
  idempotency: 'key',
  arguments: Entry,
  result: z.strictObject({ entryId: z.string() }),
  timeoutMs: 5_000,
  intent: ({ transactionId }) => ({ effect: 'counter-entry', target: transactionId }),
});
