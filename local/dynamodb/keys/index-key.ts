import { validationError } from '../errors.ts';
import { type Index, type KeyAttribute, keyAttributesOf, type Table } from '../tables/table.ts';
import { type AttributeMap, attributeOf } from '../values/attribute-value.ts';
import { encodeKeyValue } from './encode-key.ts';
import { emptyKeyText, type ItemKey, isEmptyKeyValue, NO_RANGE } from './item-key.ts';

/** Where the index lists the item; null when the item lacks one of the index's keys and so is not in it. */
export function indexKeyOf({ keys }: Index, item: AttributeMap): ItemKey | null {
  const hash = encoded(keys.hash, item);
  const range = keys.range === null ? NO_RANGE : encoded(keys.range, item);
  return hash === null || range === null ? null : { hash, range };
}

/**
 * @param change how the item came to be, for AWS words it by that.
 * @throws ValidationException if the item has a value that cannot be the key that an index makes of it.
 */
export function checkIndexKeys(table: Table, item: AttributeMap, change: 'put' | 'update'): void {
  for (const index of table.definition.indexes) {
    for (const attribute of keyAttributesOf(index.keys)) checkAttribute(index, attribute, item, change);
  }
}

function encoded({ name, type }: KeyAttribute, item: AttributeMap): Uint8Array | null {
  const value = attributeOf(item, name);
  if (value === undefined || !(type in value) || isEmptyKeyValue(value)) return null;
  return encodeKeyValue(value);
}

function checkAttribute(
  index: Index,
  { name, type }: KeyAttribute,
  item: AttributeMap,
  change: 'put' | 'update',
): void {
  const value = attributeOf(item, name);
  if (value === undefined) return;
  if (!(type in value)) {
    throw validationError(
      `One or more parameter values were invalid: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${Object.keys(value)[0]} IndexName: ${index.name}`,
    );
  }
  if (!isEmptyKeyValue(value)) return;
  throw validationError(
    change === 'put'
      ? `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${emptyKeyText(value)} IndexName: ${index.name}, IndexKey: ${name}`
      : `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${emptyKeyText(value)}`,
  );
}
