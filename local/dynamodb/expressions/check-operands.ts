import { type AttributeType, typeOf } from '../values/attribute-value.ts';
import { orderOf, showValue } from '../values/compare.ts';
import type { Comparator, Condition, Operand } from './condition.ts';
import { showPath } from './path.ts';
import type { Tokens } from './tokens.ts';

const ORDERED: readonly AttributeType[] = ['S', 'N', 'B'];

export function checkedComparison(tokens: Tokens, operator: Comparator, left: Operand, right: Operand): Condition {
  refuseSamePath(tokens, operator, left, [right]);
  if (operator !== '=' && operator !== '<>') refuseOtherTypes(tokens, operator, ORDERED, [left, right]);
  return { kind: 'compare', operator, left, right };
}

export function checkedBetween(tokens: Tokens, operand: Operand, lower: Operand, upper: Operand): Condition {
  refuseOtherTypes(tokens, 'BETWEEN', ORDERED, [operand, lower, upper]);
  refuseSamePath(tokens, 'BETWEEN', operand, [lower, upper]);
  if (lower.kind === 'value' && upper.kind === 'value') {
    const order = orderOf(lower.value, upper.value);
    const bounds = `lower bound operand: AttributeValue: ${showValue(lower.value)}, upper bound operand: AttributeValue: ${showValue(upper.value)}`;
    if (order === null) {
      throw tokens.invalid(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    }
    if (order > 0) {
      throw tokens.invalid(
        `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
      );
    }
  }
  return { kind: 'between', operand, lower, upper };
}

const MAX_CANDIDATES = 100;

export function checkedIn(tokens: Tokens, operand: Operand, candidates: readonly Operand[]): Condition {
  if (candidates.length > MAX_CANDIDATES) {
    throw tokens.invalid(
      `The IN operator is provided with too many operands; number of operands: ${candidates.length}, maximum: ${MAX_CANDIDATES}`,
    );
  }
  refuseSamePath(tokens, 'IN', operand, candidates);
  return { kind: 'in', operand, candidates };
}

/** @throws ValidationException if a value among the operands has none of the types. */
export function refuseOtherTypes(
  tokens: Tokens,
  operator: string,
  allowed: readonly AttributeType[],
  operands: readonly Operand[],
): void {
  for (const operand of operands) {
    const type = knownTypeOf(operand);
    if (type !== null && !allowed.includes(type)) throw incorrectType(tokens, operator, type);
  }
}

function knownTypeOf(operand: Operand): AttributeType | null {
  if (operand.kind === 'path') return null;
  return operand.kind === 'size' ? 'N' : typeOf(operand.value);
}

export function incorrectType(tokens: Tokens, operator: string, type: string): Error {
  return tokens.invalid(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}

export function refuseSamePath(tokens: Tokens, operator: string, first: Operand, others: readonly Operand[]): void {
  if (first.kind !== 'path') return;
  const shown = showPath(first.path);
  if (!others.some((other) => other.kind === 'path' && showPath(other.path) === shown)) return;
  throw tokens.invalid(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${shown}`,
  );
}
