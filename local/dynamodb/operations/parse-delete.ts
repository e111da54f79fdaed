import type { JsonObject } from '../../kernel/service.ts';
import { requiredObject, requiredString } from '../input.ts';
import { encodeKey, parseKey } from '../keys/item-key.ts';
import { type Guard, type ParsedWrite, parseGuard } from './parsed-write.ts';

/** Reads a DeleteItem, alone or as part of a transaction. */
export function parseDelete(input: JsonObject): ParsedWrite {
  const tableName = requiredString(input, 'TableName');
  return parseDeleteOf(tableName, input, parseGuard(input));
}

/** Reads the `Key` of a delete, as also a batch has it. */
export function parseDeleteOf(tableName: string, input: JsonObject, guard: Guard): ParsedWrite {
  const key = requiredObject(input, 'Key');
  return {
    tableName,
    plan: (table) => ({
      table,
      key: encodeKey(table, parseKey(table, key)),
      ...guard,
      changes: true,
      next: () => null,
    }),
  };
}

/** Reads the ConditionCheck of a transaction. */
export function parseConditionCheck(input: JsonObject): ParsedWrite {
  requiredString(input, 'ConditionExpression');
  const { tableName, plan } = parseDelete(input);
  return { tableName, plan: (table) => ({ ...plan(table), changes: false, next: (before) => before }) };
}
