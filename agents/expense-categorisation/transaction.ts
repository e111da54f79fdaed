import * as z from 'zod';
import { Account } from './accounts.ts';
import { minorUnits } from './money.ts';

const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'it is written in letters, digits, points and hyphens');

/** What a card or an employee paid. */
export const Transaction = z.object({
  id: Id,
  date: z.iso.date('a date is written like 2026-03-02'),
  card: Id,
  holder: z.email('a holder has a valid e-mail address').max(254).meta({ identifies: true }),
  department: z.string().max(60),
  paidWith: z.enum(['company-card', 'private']),
  merchant: z.string().trim().min(1, 'a payment names a merchant').max(200),
  merchantType: z.string().max(100),
  amountMinor: z.int('an amount is written like 1234.50'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency has three capital letters'),
  memo: z.string().max(1_000),
  /** Id of an earlier line of the same file with the same card, merchant and amount. */
  alikeInFile: z.exactOptional(Id),
});
export type Transaction = z.infer<typeof Transaction>;

type Fields = Readonly<Record<string, unknown>>;

/** The feed of the card issuer as a transaction; the columns of the day's file have the same names. */
export function fromFeed(fields: Fields): Record<string, string | number> {
  const text = (name: string): string => String(fields[name] ?? '');
  const currency = text('currency');
  const amountMinor = minorUnits(text('amount'), currency);
  return {
    ...{ id: text('id'), date: text('date'), card: text('card'), holder: text('holder') },
    ...{ department: text('department'), paidWith: text('paid_with'), merchant: text('merchant') },
    ...{ merchantType: text('merchant_type'), currency, memo: text('memo') },
    ...(amountMinor === null ? {} : { amountMinor }),
  };
}

/** What takes judgement: an agent answers these, a person can correct each. */
export const ExpenseJudgement = z.strictObject({
  account: Account.describe('The account of the chart that this payment belongs on, by what was bought'),
  breaksPolicy: z
    .boolean()
    .describe(
      'Is it private or otherwise against the rules: fines, alcohol to take away, cash, anything for relatives?',
    ),
  isWasteful: z
    .boolean()
    .describe('Could it have been avoided: late fees, no-shows, unused seats, forgotten renewals, needless upgrades?'),
});
export type ExpenseJudgement = z.infer<typeof ExpenseJudgement>;

/** The whole decision on a payment. */
export const ExpenseDecision = z.strictObject({
  account: Account.meta({ title: 'Account' }),
  breaksPolicy: z.boolean().meta({ title: 'Against the spending rules' }),
  isOverLimit: z.boolean().meta({ title: 'More than its account allows at once' }),
  isWasteful: z.boolean().meta({ title: 'Avoidable' }),
  wastedMinor: z.int().min(0).meta({ title: 'Avoidable amount in cents' }),
  duplicateOf: z.string().max(64).nullable().meta({ title: 'Second charge of' }),
  size: z.enum(['small', 'middle', 'large']).meta({ title: 'Size' }),
});
export type ExpenseDecision = z.infer<typeof ExpenseDecision>;
