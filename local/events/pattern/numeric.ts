import type { Json } from '../../kernel/service.ts';
import { PatternError } from './pattern-error.ts';

/** `["=", 5]`, `["<", 10]`, `[">", 0, "<=", 5]` */
export function readNumeric(operand: Json): (value: Json) => boolean {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw new PatternError('Value of numeric must be an array of one or two comparisons');
  }
  const pairs = operand.length === 2 ? [operand] : [operand.slice(0, 2), operand.slice(2)];
  const comparisons = pairs.map(([operator, bound]) => readComparison(operator ?? null, bound ?? null));
  if (pairs.length === 2) checkRange(operand);
  return (value) => typeof value === 'number' && comparisons.every((comparison) => comparison(value));
}

function readComparison(operator: Json, bound: Json): (value: number) => boolean {
  if (typeof bound !== 'number') throw new PatternError('Value of numeric comparison must be a number');
  switch (operator) {
    case '=':
      return (value) => value === bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    default:
      throw new PatternError(`Unrecognized numeric range operator: ${String(operator)}`);
  }
}

function checkRange([first, low, second, high]: readonly Json[]): void {
  const isLowFirst = typeof first === 'string' && first.startsWith('>');
  const isHighSecond = typeof second === 'string' && second.startsWith('<');
  if (!isLowFirst || !isHighSecond) throw new PatternError('Bad numeric range operator');
  if (Number(low) >= Number(high)) throw new PatternError('Bottom must be less than top');
}
