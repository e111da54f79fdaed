import type { Json, JsonObject } from '../../kernel/service.ts';
import { serializationError, validationError } from '../errors.ts';
import { type AttributeMap, type AttributeValue, attributeTypes, emptyAttributeMap } from './attribute-value.ts';
import { canonicalNumber } from './decimal.ts';
import { parseBinarySet, parseNumberSet, parseStringSet } from './parse-set.ts';

const MAX_NESTING = 32;

/**
 * Checks an attribute map from the wire and gives it in canonical form.
 *
 * @throws ValidationException or SerializationException in the words of AWS.
 */
export function parseAttributeMap(json: Json): AttributeMap {
  return parseMap(json, 0);
}

/** As parseAttributeMap, for one value. */
export function parseAttributeValue(json: Json): AttributeValue {
  return parseValue(json, 0);
}

function parseMap(json: Json, depth: number): AttributeMap {
  if (!isObject(json)) throw serializationError('Unexpected value type in payload: a map was expected');
  const map = emptyAttributeMap();
  for (const name in json) {
    if (name === '') throw validationError('One or more parameter values were invalid: Empty attribute name');
    map[name] = parseValue(json[name] ?? null, depth);
  }
  return map;
}

function parseValue(json: Json, depth: number): AttributeValue {
  if (depth > MAX_NESTING - 1) throw tooDeep();
  if (!isObject(json)) throw serializationError('Unexpected value type in payload: an AttributeValue was expected');
  const types = attributeTypes.filter((name) => json[name] !== undefined && json[name] !== null);
  const [type] = types;
  if (type === undefined) {
    throw validationError('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  }
  if (types.length > 1) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return parsers[type](json[type] ?? null, depth);
}

const parsers: Readonly<Record<(typeof attributeTypes)[number], (json: Json, depth: number) => AttributeValue>> = {
  S: (json) => ({ S: stringOf(json) }),
  N: (json) => ({ N: canonicalNumber(stringOf(json)) }),
  B: (json) => ({ B: canonicalBase64(stringOf(json)) }),
  BOOL: (json) => ({ BOOL: booleanOf(json) }),
  NULL: (json) => parseNull(json),
  SS: (json) => ({ SS: parseStringSet(listOf(json).map(stringOf)) }),
  NS: (json) => ({ NS: parseNumberSet(listOf(json).map(stringOf)) }),
  BS: (json) => ({ BS: parseBinarySet(listOf(json).map((entry) => canonicalBase64(stringOf(entry)))) }),
  L: (json, depth) => ({ L: listOf(json).map((entry) => parseValue(entry, depth + 1)) }),
  M: (json, depth) => ({ M: parseMap(json, depth + 1) }),
};

function parseNull(json: Json): AttributeValue {
  if (booleanOf(json)) return { NULL: true };
  throw validationError(
    'One or more parameter values were invalid: Null attribute value types must have the value of true',
  );
}

function canonicalBase64(text: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw serializationError('Base64 encoded length is expected a multiple of 4 bytes, in the Base64 alphabet');
  }
  return Buffer.from(text, 'base64').toString('base64');
}

function stringOf(json: Json): string {
  if (typeof json === 'string') return json;
  throw serializationError(`${kindOf(json)} can not be converted to an String`);
}

function booleanOf(json: Json): boolean {
  if (typeof json === 'boolean') return json;
  throw serializationError(`${kindOf(json)} can not be converted to an Boolean`);
}

function listOf(json: Json): readonly Json[] {
  if (Array.isArray(json)) return json as readonly Json[];
  throw serializationError('Unexpected value type in payload: a list was expected');
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function kindOf(json: Json): string {
  if (typeof json === 'number') return 'NUMBER_VALUE';
  if (typeof json === 'boolean') return json ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return typeof json === 'string' ? 'STRING_VALUE' : 'COLLECTION';
}

function tooDeep(): Error {
  return validationError(
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}
