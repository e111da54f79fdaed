import type { Json, JsonObject } from '../../kernel/service.ts';
import { readCidr } from './cidr.ts';
import { readNumeric } from './numeric.ts';
import { onText } from './on-text.ts';
import { PatternError } from './pattern-error.ts';
import { readWildcard } from './wildcard.ts';

/** A pattern as a tree: what an object's fields, or the values of one field, must be. */
export type PatternNode =
  | FieldsNode
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'leaf'; readonly tests: readonly LeafTest[] };

export interface FieldsNode {
  readonly kind: 'fields';
  readonly fields: readonly (readonly [string, PatternNode])[];
}

/**
 * Judges the values of a field; there are none where the field is missing. `everywhere` has those of all objects where
 * the field is one of objects in an array.
 */
export type LeafTest = (values: readonly Json[], everywhere: () => readonly Json[]) => boolean;
type ValueTest = (value: Json) => boolean;

/** @throws PatternError */
export function readPattern(pattern: Json): PatternNode {
  return readFields(pattern, 'Event pattern');
}

function readFields(pattern: Json, where: string): PatternNode {
  if (!isObject(pattern)) throw new PatternError(`${where} must be an object`);
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new PatternError('Empty patterns are not allowed');
  const ors = entries.filter(([name, value]) => name === '$or' && areAlternatives(value));
  const fields: PatternNode = {
    kind: 'fields',
    fields: entries
      .filter((entry) => !ors.includes(entry))
      .map(([name, value]) => [name, readField(value, name)] as const),
  };
  return ors.length === 0 ? fields : { kind: 'all', nodes: [fields, ...ors.map(([, value]) => readOr(value))] };
}

/** Where `$or` holds anything else, EventBridge takes it for the name of a field. */
function areAlternatives(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 1 && value.every((one: Json) => isObject(one) && !isTest(one));
}

function isTest(value: JsonObject): boolean {
  return Object.keys(value).some((name) => OPERATORS.has(name));
}

const OPERATORS: ReadonlySet<string> = new Set([
  'exact',
  'prefix',
  'suffix',
  'equals-ignore-case',
  'anything-but',
  'numeric',
  'cidr',
  'wildcard',
  'exists',
]);

function readOr(alternatives: Json): PatternNode {
  const nodes = Array.isArray(alternatives) ? alternatives : [];
  return { kind: 'any', nodes: nodes.map((alternative: Json) => readFields(alternative, '$or entry')) };
}

function readField(pattern: Json, name: string): PatternNode {
  if (!Array.isArray(pattern)) {
    if (isObject(pattern)) return readFields(pattern, `"${name}"`);
    throw new PatternError(`"${name}" must be an object or an array`);
  }
  if (pattern.length === 0) throw new PatternError('Empty arrays are not allowed');
  return { kind: 'leaf', tests: pattern.map((test: Json) => readTest(test)) };
}

function readTest(test: Json): LeafTest {
  if (Array.isArray(test)) throw new PatternError('Match value must be String, number, true, false, or null');
  if (!isObject(test)) return anyValue((value) => value === test);
  const [entry, ...others] = Object.entries(test);
  if (entry === undefined || others.length > 0) throw new PatternError('Only one key allowed in match expression');
  const [operator, operand] = entry;
  if (operator === 'exists') return readExists(operand);
  return anyValue(readOperator(operator, operand));
}

function anyValue(test: ValueTest): LeafTest {
  return (values) => values.some(test);
}

function readExists(operand: Json): LeafTest {
  if (typeof operand !== 'boolean') throw new PatternError('exists match pattern must be either true or false.');
  return operand ? (values) => values.length > 0 : (_values, everywhere) => everywhere().length === 0;
}

function readOperator(operator: string, operand: Json): ValueTest {
  switch (operator) {
    case 'prefix':
      return readAffix(operator, operand, (text, affix) => text.startsWith(affix));
    case 'suffix':
      return readAffix(operator, operand, (text, affix) => text.endsWith(affix));
    case 'equals-ignore-case':
      return readIgnoreCase(operand);
    case 'anything-but':
      return readAnythingBut(operand);
    case 'numeric':
      return readNumeric(operand);
    case 'cidr':
      return readCidr(operand);
    case 'wildcard':
      return readWildcard(operand);
    default:
      throw new PatternError(`Unrecognized match type ${operator}`);
  }
}

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}` */
function readAffix(operator: string, operand: Json, matches: (text: string, affix: string) => boolean): ValueTest {
  if (isObject(operand)) {
    const affix = operand['equals-ignore-case'];
    if (typeof affix !== 'string' || Object.keys(operand).length !== 1) {
      throw new PatternError(`${operator} match pattern must be a string`);
    }
    return onText((text) => matches(text.toLowerCase(), affix.toLowerCase()));
  }
  if (typeof operand !== 'string') throw new PatternError(`${operator} match pattern must be a string`);
  return onText((text) => matches(text, operand));
}

function readIgnoreCase(operand: Json): ValueTest {
  if (typeof operand !== 'string') throw new PatternError('equals-ignore-case match pattern must be a string');
  return onText((text) => text.toLowerCase() === operand.toLowerCase());
}

/** Of a value, a list of values, or an operator with one or more texts. */
function readAnythingBut(operand: Json): ValueTest {
  const excluded = isObject(operand) ? readExcludedOperator(operand) : readExcludedValues(operand);
  return (value) => !excluded.some((test) => test(value));
}

function readExcludedValues(operand: Json): ValueTest[] {
  const values: readonly Json[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new PatternError('Empty arrays are not allowed');
  const kinds = new Set(values.map((excluded) => typeof excluded));
  if ([...kinds].some((kind) => !EXCLUDABLE.has(kind))) {
    throw new PatternError('Inside anything but list, start|null|boolean is not supported.');
  }
  if (kinds.size > 1) {
    throw new PatternError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return values.map((excluded) => (value) => value === excluded);
}

const EXCLUDABLE: ReadonlySet<string> = new Set(['string', 'number']);

function readExcludedOperator(operand: JsonObject): ValueTest[] {
  const [entry, ...others] = Object.entries(operand);
  if (entry === undefined || others.length > 0) throw new PatternError('Only one key allowed in match expression');
  const [operator, texts] = entry;
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    throw new PatternError(`Unsupported anything-but pattern: ${operator}`);
  }
  const excluded: readonly Json[] = Array.isArray(texts) ? texts : [texts ?? null];
  if (excluded.length === 0) throw new PatternError('Empty arrays are not allowed');
  return excluded.map((text) => {
    const isAffix = operator === 'prefix' || operator === 'suffix';
    if (isAffix && (typeof text !== 'string' || text === '')) throw new PatternError(`Null ${operator} not allowed`);
    return readOperator(operator, text);
  });
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
