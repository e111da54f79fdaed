import { amountWords } from './money.ts';
import type { ExpenseDecision, Transaction } from './transaction.ts';

const LONGEST_TEXT = 200;

/**
 * The text of the entry: merchant and memo on one line. What a spreadsheet would take for a formula gets an apostrophe in
 * front, because books are exported to spreadsheets.
 */
export function entryText({ merchant, memo }: Transaction): string {
  const line = `${merchant}${memo.trim() === '' ? '' : `: ${memo}`}`.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const text = /^[=+\-@]/.test(line) ? `'${line}` : line;
  return [...text]
    .slice(0, LONGEST_TEXT - 1)
    .join('')
    .slice(0, LONGEST_TEXT)
    .toWellFormed();
}

/** What the holder of the card reads. Foreign words do not appear in it. */
export function flagText(
  transaction: Transaction,
  { duplicateOf, breaksPolicy, wastedMinor }: ExpenseDecision,
): string {
  const { amountMinor, currency, id } = transaction;
  const amount = amountWords(amountMinor, currency);
  if (duplicateOf !== null) {
    return `Payment ${id} of ${amount} looks like a second charge of ${duplicateOf}. Did you pay twice?`;
  }
  if (breaksPolicy) return `Payment ${id} of ${amount} may be against the spending rules. What was it for?`;
  return `${amountWords(wastedMinor, currency)} of payment ${id} may have been avoidable. What happened?`;
}
