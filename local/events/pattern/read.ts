import type { Json, JsonObject } from '../../kernel/service.ts';
import { readCidr } from './cidr.ts';
import { readNumeric } from './numeric.ts';
import { onText } from './on-text.ts';
import { PatternError } from './pattern-error.ts';
import { readWildcard } from './wildcard.ts';

/** A pattern as a tree: what an object's fields, or the values of one field, must be. */
export type PatternNode =
  | { readonly kind: 'fields'; readonly fields: readonly (readonly [string, PatternNode])[] }
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'leaf'; readonly tests: readonly LeafTest[] };

/** Judges the values of a field; there are none where the field is missing. */
export type LeafTest = (values: readonly Json[]) => boolean;
type ValueTest = (value: Json) => boolean;

/** @throws PatternError */
export function readPattern(pattern: Json): PatternNode {
  return readFields(pattern, 'Event pattern');
}

function readFields(pattern: Json, where: string): PatternNode {
  if (!isObject(pattern)) throw new PatternError(`${where} must be an object`);
  const { $or: alternatives, ...rest } = pattern;
  const names = Object.keys(rest);
  if (names.length === 0 && alternatives === undefined) throw new PatternError('Empty patterns are not allowed');
  const fields: PatternNode = {
    kind: 'fields',
    fields: names.map((name) => [name, readField(rest[name] ?? null, name)] as const),
  };
  if (alternatives === undefined) return fields;
  return { kind: 'all', nodes: [fields, readOr(alternatives)] };
}

function readOr(alternatives: Json): PatternNode {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    throw new PatternError('$or must be an array of at least two patterns');
  }
  return { kind: 'any', nodes: alternatives.map((alternative: Json) => readFields(alternative, '$or entry')) };
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
  return (values) => values.length > 0 === operand;
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
  return values.map((excluded) => {
    if (typeof excluded !== 'string' && typeof excluded !== 'number') {
      throw new PatternError('Inside anything but list, start|null|boolean is not supported.');
    }
    return (value) => value === excluded;
  });
}

function readExcludedOperator(operand: JsonObject): ValueTest[] {
  const [entry, ...others] = Object.entries(operand);
  if (entry === undefined || others.length > 0) throw new PatternError('Only one key allowed in match expression');
  const [operator, texts] = entry;
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    throw new PatternError(`Unsupported anything-but pattern: ${operator}`);
  }
  return (Array.isArray(texts) ? texts : [texts]).map((text: Json) => readOperator(operator, text));
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
