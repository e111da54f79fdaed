import type { Json } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import type { KeyCondition, KeySpan } from '../expressions/key-condition.ts';
import type { StartPosition } from '../items/page-sql.ts';
import { type Index, type KeyAttribute, keyAttributesOf, type Table } from '../tables/table.ts';
import { type AttributeMap, attributeOf } from '../values/attribute-value.ts';
import { valuesEqual } from '../values/compare.ts';
import { parseAttributeMap } from '../values/parse-value.ts';
import { indexKeyOf } from './index-key.ts';
import { encodeKey, pickAttributes } from './item-key.ts';

/** The key attributes that say where a page ended. */
export function startKeyOf(table: Table, index: Index | null, last: AttributeMap): AttributeMap {
  return pickAttributes(startAttributes(table, index), last);
}

/**
 * Reads an ExclusiveStartKey as a place in the order of the table or index.
 *
 * @param within what a Query reads; null for a Scan, which orders by the hash key too.
 * @throws ValidationException if it is no such key or lies outside of what the Query reads.
 */
export function parseStartKey(
  table: Table,
  index: Index | null,
  within: KeyCondition | null,
  json: Json,
): StartPosition {
  const key = parseAttributeMap(json);
  refuseMisfit(key, startAttributes(table, index), index);
  const { hash, range } = encodeKey(table, key);
  const position = index === null ? [hash, range] : [...indexPosition(index, key), hash, range];
  if (within === null) return position;
  refuseOutside(key, index?.keys.hash ?? table.definition.keys.hash, within, position[1] ?? range);
  return position.slice(1);
}

function startAttributes(table: Table, index: Index | null): readonly KeyAttribute[] {
  const own = keyAttributesOf(table.definition.keys);
  if (index === null) return own;
  const ownNames = own.map(({ name }) => name);
  return [...own, ...keyAttributesOf(index.keys).filter(({ name }) => !ownNames.includes(name))];
}

function indexPosition(index: Index, key: AttributeMap): readonly Uint8Array[] {
  const position = indexKeyOf(index, key);
  if (position === null) throw validationError('The provided starting key is invalid');
  return [position.hash, position.range];
}

function refuseMisfit(key: AttributeMap, attributes: readonly KeyAttribute[], index: Index | null): void {
  const fits = attributes.every(({ name, type }) => {
    const value = attributeOf(key, name);
    return value !== undefined && type in value;
  });
  if (fits && Object.keys(key).length === attributes.length) return;
  throw validationError(
    index === null
      ? 'The provided starting key is invalid: The provided key element does not match the schema'
      : 'The provided starting key is invalid',
  );
}

function refuseOutside(key: AttributeMap, hash: KeyAttribute, within: KeyCondition, range: Uint8Array): void {
  const value = attributeOf(key, hash.name);
  if (value === undefined || !valuesEqual(value, within.hash)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  if (!lies(range, within.span)) {
    throw validationError('The provided starting key does not match the range key predicate');
  }
}

function lies(range: Uint8Array, { lower, upper }: KeySpan): boolean {
  const fromLower = lower === null ? 1 : Buffer.compare(range, lower.bytes);
  const toUpper = upper === null ? 1 : Buffer.compare(upper.bytes, range);
  return (
    (fromLower > 0 || (fromLower === 0 && lower?.isIncluded === true)) &&
    (toUpper > 0 || (toUpper === 0 && upper?.isIncluded === true))
  );
}
