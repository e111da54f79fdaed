import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { parseUpdate } from '../expressions/parse-update.ts';
import type { Path } from '../expressions/path.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { pathsOf, type Update } from '../expressions/update.ts';
import { optionalString, requiredObject, requiredString } from '../input.ts';
import { checkIndexKeys } from '../keys/index-key.ts';
import { encodeKey, parseKey } from '../keys/item-key.ts';
import { keyAttributesOf, type Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { itemSizeBytes } from '../values/size.ts';
import { MAX_ITEM_BYTES, type ParsedWrite, parseGuardWith } from './parsed-write.ts';

/** Reads an UpdateItem, alone or as part of a transaction. `touched` are the paths that its expression changes. */
export function parseUpdateItem(input: JsonObject): ParsedWrite & { readonly touched: readonly Path[] } {
  const tableName = requiredString(input, 'TableName');
  const key = requiredObject(input, 'Key');
  const placeholders = new Placeholders(input, ['UpdateExpression', 'ConditionExpression']);
  const text = optionalString(input, 'UpdateExpression');
  const update = text === null ? null : parseUpdate(text, placeholders);
  const guard = parseGuardWith(input, placeholders);
  placeholders.refuseUnused();
  const touched = update === null ? [] : pathsOf(update);
  return {
    tableName,
    touched,
    plan: (table) => {
      const keyAttributes = parseKey(table, key);
      refuseKeyPaths(table, touched);
      const next = (before: AttributeMap | null) => updated(table, update, before ?? keyAttributes);
      return { table, key: encodeKey(table, keyAttributes), ...guard, changes: true, next };
    },
  };
}

function updated(table: Table, update: Update | null, before: AttributeMap): AttributeMap {
  if (update === null) return before;
  const after = applyUpdate(update, before);
  checkIndexKeys(table, after, 'update');
  if (itemSizeBytes(after) > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return after;
}

function refuseKeyPaths(table: Table, touched: readonly Path[]): void {
  for (const { name } of keyAttributesOf(table.definition.keys)) {
    if (!touched.some(([first]) => first === name)) continue;
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
}
