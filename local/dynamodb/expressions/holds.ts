import { type AttributeMap, type AttributeValue, typeOf } from '../values/attribute-value.ts';
import { orderOf, valuesEqual } from '../values/compare.ts';
import type { Comparator, Condition, Operand } from './condition.ts';
import { valueAt } from './path.ts';

/** Whether the condition holds for the item; an item that is not there is an empty map. */
export function holds(condition: Condition, item: AttributeMap): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compares(condition.operator, resolved(condition.left, item), resolved(condition.right, item));
    case 'between':
      return isBetween(condition, item);
    case 'in':
      return condition.candidates.some((candidate) =>
        compares('=', resolved(condition.operand, item), resolved(candidate, item)),
      );
    case 'attribute_exists':
      return valueAt(item, condition.path) !== undefined;
    case 'attribute_not_exists':
      return valueAt(item, condition.path) === undefined;
    case 'attribute_type':
      return hasType(valueAt(item, condition.path), condition.type);
    case 'begins_with':
      return beginsWith(resolved(condition.operand, item), resolved(condition.argument, item));
    case 'contains':
      return contains(resolved(condition.operand, item), resolved(condition.argument, item));
  }
}

function resolved(operand: Operand, item: AttributeMap): AttributeValue | undefined {
  if (operand.kind === 'path') return valueAt(item, operand.path);
  if (operand.kind === 'value') return operand.value;
  const size = sizeOf(resolved(operand.of, item));
  return size === null ? undefined : { N: String(size) };
}

/** `size(...)`: bytes of strings and binaries in UTF-8, entries of collections. */
function sizeOf(value: AttributeValue | undefined): number | null {
  if (value === undefined) return null;
  if ('S' in value) return Buffer.byteLength(value.S, 'utf8');
  if ('B' in value) return Buffer.from(value.B, 'base64').length;
  if ('M' in value) return Object.keys(value.M).length;
  const members = 'L' in value ? value.L : membersOf(value);
  return members?.length ?? null;
}

function compares(operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (operator === '<>') return left === undefined || right === undefined || !valuesEqual(left, right);
  if (left === undefined || right === undefined) return false;
  if (operator === '=') return valuesEqual(left, right);
  const order = orderOf(left, right);
  if (order === null) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function isBetween(condition: Extract<Condition, { kind: 'between' }>, item: AttributeMap): boolean {
  const value = resolved(condition.operand, item);
  return (
    compares('>=', value, resolved(condition.lower, item)) && compares('<=', value, resolved(condition.upper, item))
  );
}

function hasType(value: AttributeValue | undefined, type: string): boolean {
  return value !== undefined && typeOf(value) === type;
}

function beginsWith(value: AttributeValue | undefined, prefix: AttributeValue | undefined): boolean {
  if (value === undefined || prefix === undefined) return false;
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  return 'B' in value && 'B' in prefix && bytesOf(value.B).indexOf(bytesOf(prefix.B)) === 0;
}

function contains(value: AttributeValue | undefined, member: AttributeValue | undefined): boolean {
  if (value === undefined || member === undefined) return false;
  if ('S' in value) return 'S' in member && value.S.includes(member.S);
  if ('B' in value) return 'B' in member && bytesOf(value.B).includes(bytesOf(member.B));
  if ('L' in value) return value.L.some((entry) => valuesEqual(entry, member));
  if ('SS' in value) return 'S' in member && value.SS.includes(member.S);
  if ('NS' in value) return 'N' in member && value.NS.includes(member.N);
  return 'BS' in value && 'B' in member && value.BS.includes(member.B);
}

function membersOf(value: AttributeValue): readonly string[] | null {
  if ('SS' in value) return value.SS;
  if ('NS' in value) return value.NS;
  return 'BS' in value ? value.BS : null;
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
