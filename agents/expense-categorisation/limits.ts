import * as z from 'zod';
import { s3Rows } from '../../shared/connectors/definitions.ts';
import { Account } from './accounts.ts';

/** One line of the table: what a payment on this account may be at once, in the own currency. */
const Limit = z.object({
  account: Account,
  most_at_once: z.coerce.number('it is written like 60.00').positive().max(1_000_000).multipleOf(0.01),
});
type Limit = z.infer<typeof Limit>;

/**
 * The limits that a payment is above. Finance keeps the table in the bucket for files and changes it there, without a
 * deploy; accounts that are not in it have no limit.
 */
export const limitsBelow = s3Rows({
  id: 's3.expense-limits',
  place: { own: 'expense-categorisation/' },
  arguments: z.strictObject({ amountMinor: z.int() }),
  file: () => 'limits.csv',
  row: Limit,
  matches: (limit, { amountMinor }) => amountMinor > Math.round(limit.most_at_once * 100),
  mostRows: Account.options.length,
});

/** Whether a payment is more than its account allows at once: a rule, so that no agent can talk it away. */
export function isOverLimit(account: Account, below: readonly Limit[] | null): boolean {
  // Where the table was not read, nobody knows that it is within its limit.
  return below === null || below.some((limit) => limit.account === account);
}
