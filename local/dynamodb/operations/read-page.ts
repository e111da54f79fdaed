import type { JsonObject } from '../../kernel/service.ts';
import { type CapacityTally, consumedByOne, readUnits } from '../capacity.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { constraint, optionalBoolean, optionalInteger, optionalString } from '../input.ts';
import { type Page, type PageRequest, readPage } from '../items/page.ts';
import { startKeyOf } from '../keys/start-key.ts';
import type { Index, Table } from '../tables/table.ts';
import { itemSizeBytes } from '../values/size.ts';
import { type Selection, selected } from './selection.ts';

/** Members that Query and Scan share. */
export const pageMembers = [
  'TableName',
  'IndexName',
  'Select',
  'Limit',
  'ConsistentRead',
  'ExclusiveStartKey',
  'FilterExpression',
  'ProjectionExpression',
  'ReturnConsumedCapacity',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
] as const;

/** The index that the request names, or null for the table. @throws ValidationException */
export function indexIn(input: JsonObject, table: Table): Index | null {
  const name = optionalString(input, 'IndexName');
  if (name === null) return null;
  const index = table.definition.indexes.find((candidate) => candidate.name === name);
  if (index === undefined) throw validationError(`The table does not have the specified index: ${name}`);
  if (index.scope === 'global' && optionalBoolean(input, 'ConsistentRead') === true) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return index;
}

export function limitIn(input: JsonObject): number | null {
  const limit = optionalInteger(input, 'Limit');
  if (limit === null || limit >= 1) return limit;
  throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
}

/** Reads the page, counts what it consumes and answers as Query and Scan do. */
export function answerPage(
  engine: Engine,
  input: JsonObject,
  request: PageRequest,
  selection: Selection,
  tally: CapacityTally,
): JsonObject {
  const page = readPage(engine, request);
  countPage(tally, request, page, optionalBoolean(input, 'ConsistentRead') ?? false);
  const last = page.items.at(-1);
  return {
    ...selected(selection, page.items),
    ...(page.isCut && last !== undefined && { LastEvaluatedKey: startKeyOf(request.table, request.index, last) }),
    ...consumedByOne(input, tally),
  };
}

function countPage(tally: CapacityTally, request: PageRequest, page: Page, isConsistent: boolean): void {
  const mode = isConsistent ? 'consistent' : 'eventual';
  tally.add('read', request.table, readUnits(page.sizeBytes, mode), request.index);
  if (!request.wantsWholeItems) return;
  for (const item of page.items) tally.add('read', request.table, readUnits(itemSizeBytes(item), mode));
}
