import type { Json } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { type KeyAttribute, keyAttributesOf, type Table } from '../tables/table.ts';
import { type AttributeMap, type AttributeValue, attributeOf, emptyAttributeMap } from '../values/attribute-value.ts';
import { parseAttributeMap } from '../values/parse-value.ts';
import { encodeKeyValue } from './encode-key.ts';

/** Where an item is: its key as order-preserving bytes; `range` is empty in tables without a sort key. */
export interface ItemKey {
  readonly hash: Uint8Array;
  readonly range: Uint8Array;
}

export const NO_RANGE = new Uint8Array(0);
const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

/** The key of an item to store. @throws ValidationException if it lacks one or has one of the wrong kind. */
export function keyOfItem(table: Table, item: AttributeMap): ItemKey {
  for (const attribute of keyAttributesOf(table.definition.keys)) checkItemAttribute(attribute, item);
  return encodeKey(table, item);
}

/** Reads a `Key` parameter: exactly the key attributes. @throws ValidationException */
export function parseKey(table: Table, json: Json): AttributeMap {
  const key = parseAttributeMap(json);
  const attributes = keyAttributesOf(table.definition.keys);
  const fits = attributes.every(({ name, type }) => {
    const value = attributeOf(key, name);
    return value !== undefined && type in value;
  });
  if (!fits || Object.keys(key).length !== attributes.length) {
    throw validationError('The provided key element does not match the schema');
  }
  return key;
}

/** @param attributes a map that holds at least the key attributes, of the right types. */
export function encodeKey(table: Table, attributes: AttributeMap): ItemKey {
  const { hash, range } = table.definition.keys;
  const encoded = {
    hash: encodeAttribute(hash, attributes),
    range: range === null ? NO_RANGE : encodeAttribute(range, attributes),
  };
  if (encoded.hash.length > MAX_HASH_BYTES) {
    throw invalid(`Size of hashkey has exceeded the maximum size limit of${MAX_HASH_BYTES} bytes`);
  }
  if (encoded.range.length > MAX_RANGE_BYTES) {
    throw invalid(`Aggregated size of all range keys has exceeded the size limit of ${MAX_RANGE_BYTES} bytes`);
  }
  return encoded;
}

export function pickAttributes(attributes: readonly KeyAttribute[], item: AttributeMap): AttributeMap {
  const picked = emptyAttributeMap();
  for (const { name } of attributes) {
    const value = attributeOf(item, name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

export function isEmptyKeyValue(value: AttributeValue): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

export function emptyKeyText(value: AttributeValue): string {
  const kind = 'S' in value ? 'string' : 'binary';
  return `The AttributeValue for a key attribute cannot contain an empty ${kind} value.`;
}

function encodeAttribute({ name }: KeyAttribute, attributes: AttributeMap): Uint8Array {
  const value = attributeOf(attributes, name);
  if (value === undefined) throw validationError('The provided key element does not match the schema');
  if (isEmptyKeyValue(value)) {
    throw validationError(`One or more parameter values are not valid. ${emptyKeyText(value)} Key: ${name}`);
  }
  return encodeKeyValue(value);
}

function checkItemAttribute({ name, type }: KeyAttribute, item: AttributeMap): void {
  const value = attributeOf(item, name);
  if (value === undefined) throw invalid(`Missing the key ${name} in the item`);
  if (!(type in value)) {
    throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${Object.keys(value)[0]}`);
  }
}

function invalid(what: string): Error {
  return validationError(`One or more parameter values were invalid: ${what}`);
}
