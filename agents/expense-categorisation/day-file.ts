import type { Batch, LineOutcome } from '../../shared/authoring/index.ts';
import { merchantKey } from './merchant.ts';

/** Minor units of a line, counted where it holds. */
const moneyOf =
  (isCounted: (line: LineOutcome) => boolean, minorOf = (line: LineOutcome) => Number(line.input['amountMinor'])) =>
  (line: LineOutcome) =>
    isCounted(line) ? { minor: minorOf(line), currency: String(line.input['currency']) } : null;

/** The payments of a day, one in each line, whichever way the file comes. */
export const dayOfPayments: Batch = {
  each: 'card-transaction',
  alike: {
    of: ({ card, merchant, amountMinor, currency }) =>
      JSON.stringify([card, merchantKey(String(merchant)), amountMinor, currency]),
    told: (payment, first) => ({ ...payment, alikeInFile: first }),
  },
  sums: [
    {
      title: 'Wasteful',
      amount: moneyOf(
        (line) => isSo(line, 'isWasteful'),
        (line) => numberOf(line, 'wastedMinor'),
      ),
    },
    { title: 'Charged twice', amount: moneyOf(({ decision }) => (decision?.['duplicateOf'] ?? null) !== null) },
    { title: 'Against the rules', amount: moneyOf((line) => isSo(line, 'breaksPolicy')) },
    { title: 'Booked', amount: moneyOf(({ done }) => done.some((name) => name.startsWith('book-'))) },
    { title: 'Asked', amount: moneyOf(({ isWaiting }) => isWaiting) },
  ],
};

function isSo({ decision }: LineOutcome, field: string): boolean {
  return decision?.[field] === true;
}

function numberOf({ decision }: LineOutcome, field: string): number {
  return Number(decision?.[field] ?? 0);
}
