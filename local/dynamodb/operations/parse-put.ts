import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { requiredObject, requiredString } from '../input.ts';
import { checkIndexKeys } from '../keys/index-key.ts';
import { keyOfItem } from '../keys/item-key.ts';
import { parseAttributeMap } from '../values/parse-value.ts';
import { itemSizeBytes } from '../values/size.ts';
import { type Guard, MAX_ITEM_BYTES, type ParsedWrite, parseGuard } from './parsed-write.ts';

/** Reads a PutItem, alone or as part of a transaction. */
export function parsePut(input: JsonObject): ParsedWrite {
  const tableName = requiredString(input, 'TableName');
  return parsePutOf(tableName, input, parseGuard(input));
}

/** Reads the `Item` of a put, as also a batch has it. */
export function parsePutOf(tableName: string, input: JsonObject, guard: Guard): ParsedWrite {
  const item = parseAttributeMap(requiredObject(input, 'Item'));
  if (itemSizeBytes(item) > MAX_ITEM_BYTES) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
  return {
    tableName,
    plan: (table) => {
      const key = keyOfItem(table, item);
      checkIndexKeys(table, item, 'put');
      return { table, key, ...guard, changes: true, next: () => item };
    },
  };
}
