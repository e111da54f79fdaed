import { validationError } from '../errors.ts';
import { encodeKeyValue, successorOfPrefix } from '../keys/encode-key.ts';
import { emptyKeyText, isEmptyKeyValue } from '../keys/item-key.ts';
import type { Index, KeyAttribute, KeySchema } from '../tables/table.ts';
import type { AttributeValue } from '../values/attribute-value.ts';
import type { Comparator, Condition, Operand } from './condition.ts';

/** Which items a Query reads: one hash key, and a span of range keys. */
export interface KeyCondition {
  readonly hash: AttributeValue;
  readonly span: KeySpan;
}

/** Bytes of range keys; a bound that is null is open. */
export interface KeySpan {
  readonly lower: Bound | null;
  readonly upper: Bound | null;
}

export interface Bound {
  readonly bytes: Uint8Array;
  readonly isIncluded: boolean;
}

/**
 * Reads a parsed KeyConditionExpression as conditions on the keys of a table or index.
 *
 * @param index for error texts; null when the table itself is queried.
 * @throws ValidationException in the words of AWS.
 */
export function keyConditionOf(condition: Condition, keys: KeySchema, index: Index | null): KeyCondition {
  const simple = flatten(condition).map(simpleConditionOf);
  refuseRepeated(simple);
  if (simple.length > 2) throw validationError('Conditions can be of length 1 or 2 only');
  const onHash = simple.find(({ name }) => name === keys.hash.name);
  const onRange = keys.range === null ? undefined : simple.find(({ name }) => name === keys.range?.name);
  if (onHash === undefined) throw missed(keys.hash);
  const known = onRange === undefined ? 1 : 2;
  if (simple.length > known)
    throw keys.range === null ? validationError('Query key condition not supported') : missed(keys.range);
  if (onHash.operator !== '=') throw validationError('Query key condition not supported');
  checkValues(onHash, keys.hash, index);
  if (onRange !== undefined && keys.range !== null) checkValues(onRange, keys.range, index);
  const [hash] = onHash.values;
  if (hash === undefined) throw missed(keys.hash);
  return { hash, span: onRange === undefined ? { lower: null, upper: null } : spanOf(onRange) };
}

/** A condition on one attribute with values only. */
interface SimpleCondition {
  readonly name: string;
  readonly operator: Comparator | 'BETWEEN' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

function flatten(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? [...flatten(condition.left), ...flatten(condition.right)] : [condition];
}

function simpleConditionOf(condition: Condition): SimpleCondition {
  switch (condition.kind) {
    case 'compare': {
      if (condition.operator === '<>') throw invalidOperator('<>');
      const isFlipped = condition.left.kind === 'value';
      const [on, value] = isFlipped ? [condition.right, condition.left] : [condition.left, condition.right];
      const operator = isFlipped ? flipped[condition.operator] : condition.operator;
      return { name: nameOf(on), operator, values: [literalOf(value)] };
    }
    case 'between':
      return {
        name: nameOf(condition.operand),
        operator: 'BETWEEN',
        values: [literalOf(condition.lower), literalOf(condition.upper)],
      };
    case 'begins_with':
      return { name: nameOf(condition.operand), operator: 'begins_with', values: [literalOf(condition.argument)] };
    default:
      throw invalidOperator(operatorNames[condition.kind]);
  }
}

const flipped = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

const operatorNames = {
  and: 'AND',
  or: 'OR',
  not: 'NOT',
  in: 'IN',
  attribute_exists: 'attribute_exists',
  attribute_not_exists: 'attribute_not_exists',
  attribute_type: 'attribute_type',
  contains: 'contains',
} as const;

function nameOf(operand: Operand): string {
  if (operand.kind === 'size') throw nested();
  if (operand.kind !== 'path') {
    throw validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  const [name, ...inside] = operand.path;
  if (inside.length === 0) return name;
  throw validationError(
    `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: ${name}`,
  );
}

function literalOf(operand: Operand): AttributeValue {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'size') throw nested();
  throw validationError('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
}

function checkValues({ values }: SimpleCondition, { name, type }: KeyAttribute, index: Index | null): void {
  for (const value of values) {
    if (!(type in value)) {
      throw validationError(
        'One or more parameter values were invalid: Condition parameter type does not match schema type',
      );
    }
    if (!isEmptyKeyValue(value)) continue;
    throw validationError(
      index === null
        ? `One or more parameter values are not valid. ${emptyKeyText(value)} Key: ${name}`
        : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${emptyKeyText(value)} IndexName: ${index.name}, IndexKey: ${name}`,
    );
  }
}

function spanOf({ operator, values }: SimpleCondition): KeySpan {
  const [first, second] = values.map(encodeKeyValue);
  const included = first === undefined ? null : { bytes: first, isIncluded: true };
  const excluded = first === undefined ? null : { bytes: first, isIncluded: false };
  switch (operator) {
    case '<':
      return { lower: null, upper: excluded };
    case '<=':
      return { lower: null, upper: included };
    case '>':
      return { lower: excluded, upper: null };
    case '>=':
      return { lower: included, upper: null };
    case 'BETWEEN':
      return { lower: included, upper: second === undefined ? null : { bytes: second, isIncluded: true } };
    case 'begins_with':
      return { lower: included, upper: endOfPrefix(first) };
    default:
      return { lower: included, upper: included };
  }
}

function endOfPrefix(prefix: Uint8Array | undefined): Bound | null {
  const end = prefix === undefined ? null : successorOfPrefix(prefix);
  return end === null ? null : { bytes: end, isIncluded: false };
}

function refuseRepeated(conditions: readonly SimpleCondition[]): void {
  if (new Set(conditions.map(({ name }) => name)).size === conditions.length) return;
  throw validationError('KeyConditionExpressions must only contain one condition per key');
}

function missed({ name }: KeyAttribute): Error {
  return validationError(`Query condition missed key schema element: ${name}`);
}

function nested(): Error {
  return validationError('KeyConditionExpressions cannot contain nested operations');
}

function invalidOperator(operator: string): Error {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}
