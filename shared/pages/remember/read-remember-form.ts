import { type Money, ShapeChoice } from '../../contracts/index.ts';
import { readAmount } from '../amounts.ts';
import type { FieldProblem, Submitted } from '../read-field.ts';
import { alikeName, limitName, type RememberAsked, type RememberField, rememberFields } from './remember-fields.ts';

/** How wide a yes is to be remembered, as it was typed, and the digest of the preview that is agreed to; null for none. */
export type RememberForm = { readonly choice: ShapeChoice; readonly confirm: string | null };

/** One sentence per problem, with its field's label in front; `marked` names the controls. */
type Unread = { readonly problems: readonly string[]; readonly marked: readonly string[] };

const { days: DAYS, maximumUses: USES } = ShapeChoice.shape;
export const MOST_DAYS = DAYS.maxValue ?? 0;
export const MOST_USES = USES.maxValue ?? 0;

/**
 * Reads a sent form. What it does not say of a field keeps that field as it was, and a limit beside another choice is
 * refused: one of the two was meant otherwise. What is none of the action's fields is left aside.
 */
export function readRememberForm(submitted: Submitted, asked: RememberAsked): RememberForm | Unread {
  const { fields, ofAmount } = rememberFields(asked);
  const read = fields.map((field) => readField(submitted, field));
  const amount = readUpTo(submitted, asked.amount);
  const days = readCount(submitted, 'days', { label: 'For how many days', schema: DAYS });
  const uses = readCount(submitted, 'uses', { label: 'How often', schema: USES });
  const problems = [...read, amount, days, uses].flatMap((one) => ('problem' in one ? [one] : []));
  if (problems.length > 0 || 'problem' in amount || 'problem' in days || 'problem' in uses) return toldApart(problems);
  const limits = read.flatMap((one) => ('limit' in one ? [[one.path, one.limit] as const] : []));
  const amounts = amount.upTo === null ? [] : ofAmount.map((path) => [path, amount.upTo?.minor] as const);
  return {
    choice: ShapeChoice.parse({
      ...{ limits: Object.fromEntries([...limits, ...amounts]), maxAmount: amount.upTo },
      freeFields: read.flatMap((one) => ('isFree' in one ? [one.path] : [])),
      ...{ days: days.count, maximumUses: uses.count },
    }),
    confirm: textOf(submitted, 'verb') === 'remember' ? textOf(submitted, 'confirm') : null,
  };
}

type FieldRead =
  | FieldProblem
  | { readonly path: string }
  | { readonly path: string; readonly limit: number }
  | { readonly path: string; readonly isFree: true };

function readField(submitted: Submitted, { path, label, isNumber }: RememberField): FieldRead {
  const chosen = textOf(submitted, alikeName(path));
  const limit = isNumber ? textOf(submitted, limitName(path)).trim() : '';
  if (isNumber && chosen === 'up-to') {
    const name = limitName(path);
    if (!/^\d+(\.\d+)?$/.test(limit)) return { name, label, problem: 'say up to which number (write 1234.5)' };
    return { path, limit: Number(limit) };
  }
  if (limit !== '') return { name: limitName(path), label, problem: SAID_TWICE };
  return chosen === 'any' ? { path, isFree: true } : { path };
}

const SAID_TWICE = 'you typed a limit and chose something else; choose “At most”, or leave the limit empty';

/** In the currency of the action where none is typed. */
function readUpTo(submitted: Submitted, amount: Money | null): FieldProblem | { readonly upTo: Money | null } {
  if (amount === null) return { upTo: null };
  const typed = textOf(submitted, 'amount-limit').trim();
  const problem = (text: string): FieldProblem => ({ name: 'amount-limit', label: 'Amount', problem: text });
  if (textOf(submitted, 'amount') !== 'up-to') return typed === '' ? { upTo: null } : problem(SAID_TWICE);
  const upTo = readAmount(typed) ?? readAmount(`${typed} ${amount.currency}`);
  if (upTo === undefined) return problem('is no amount (write 1250.00, without thousands separators)');
  return upTo.currency === amount.currency ? { upTo } : problem(`is not in ${amount.currency}`);
}

function readCount(
  submitted: Submitted,
  name: 'days' | 'uses',
  { label, schema }: { readonly label: string; readonly schema: typeof DAYS },
): FieldProblem | { readonly count: number } {
  const typed = textOf(submitted, name).trim();
  const count = schema.safeParse(/^\d{1,9}$/.test(typed) ? Number(typed) : null);
  if (count.success) return { count: count.data };
  return { name, label, problem: `write a whole number from 1 to ${schema.maxValue}` };
}

function textOf(submitted: Submitted, name: string): string {
  return submitted.get(name)?.[0] ?? '';
}

function toldApart(problems: readonly FieldProblem[]): Unread {
  return {
    problems: problems.map(({ label, problem }) => `${label}: ${problem}`),
    marked: problems.map(({ name }) => name),
  };
}
