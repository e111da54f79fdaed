import type { JsonObject } from '../../kernel/service.ts';
import { constraint, requiredObject } from '../input.ts';

/** RequestItems of a batch, by table. @throws ValidationException if there are none. */
export function requestedTables(input: JsonObject): JsonObject {
  const tables = requiredObject(input, 'RequestItems');
  if (Object.keys(tables).length > 0) return tables;
  throw constraint('{}', 'requestItems', 'Member must have length greater than or equal to 1');
}
