import type { Account } from './accounts.ts';

/** The most that one payment may be without a look by a person, in minor units; accounts without a limit are not here. */
const MOST_AT_ONCE: Partial<Record<Account, number>> = {
  'travel-meals': 6_000,
  'taxi-and-ride': 10_000,
  'parking-and-tolls': 10_000,
  lodging: 70_000,
  'client-entertainment': 80_000,
  'team-events': 100_000,
  'postage-and-couriers': 20_000,
  'fees-and-charges': 30_000,
};

/** Whether a payment is more than its account allows at once: a rule, so that no agent can talk it away. */
export function isOverLimit(account: Account, amountMinor: number): boolean {
  return amountMinor > (MOST_AT_ONCE[account] ?? Number.POSITIVE_INFINITY);
}
