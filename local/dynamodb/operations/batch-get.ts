import type { Json, JsonObject } from '../../kernel/service.ts';
import { type CapacityTally, consumedByMany, readUnits } from '../capacity.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Path } from '../expressions/path.ts';
import { objectsIn, optionalBoolean, optionalObject, refuseUnknown, requiredObject } from '../input.ts';
import { encodeKey, type ItemKey, parseKey } from '../keys/item-key.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import type { Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { requestedTables } from './batch-request.ts';
import { parseOnlyProjection, projected } from './only-projection.ts';
import { refuseRepeatedItems } from './repeated-items.ts';

const MAX_KEYS = 100;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

export const batchGetItem: OperationSpec = {
  name: 'BatchGetItem',
  kind: 'read',
  members: ['RequestItems', 'ReturnConsumedCapacity'],
  permissions: (engine, input) => {
    const tables = optionalObject(input, 'RequestItems') ?? {};
    return Object.keys(tables).map((tableName) => {
      const table = tableIn(engine, { TableName: tableName });
      const keys = objectsIn(optionalObject(tables, tableName) ?? {}, 'Keys');
      const leadingKeys = keys.flatMap((key) => leadingKeyIn(table, key));
      return tablePermission(engine, 'BatchGetItem', { TableName: tableName }, leadingKeys);
    });
  },
  run: (engine, input, tally) => {
    const tables = requestedTables(input);
    const gets = Object.keys(tables).map((name) => parseTableGets(engine, name, requiredObject(tables, name)));
    const keys = gets.flatMap((get) => get.keys.map(({ key }) => ({ table: get.table, key })));
    if (keys.length > MAX_KEYS) throw validationError('Too many items requested for the BatchGetItem call');
    refuseRepeatedItems(keys, 'Provided list of item keys contains duplicates');
    return { ...readAll(engine, gets, tally), ...consumedByMany(input, tally) };
  },
};

interface TableGets {
  /** The table as the request names it. */
  readonly name: string;
  readonly request: JsonObject;
  readonly table: Table;
  readonly keys: readonly { readonly key: ItemKey; readonly given: JsonObject }[];
  readonly paths: readonly Path[] | null;
  readonly isConsistent: boolean;
}

function parseTableGets(engine: Engine, name: string, request: JsonObject): TableGets {
  refuseUnknown('BatchGetItem', request, [
    'Keys',
    'ConsistentRead',
    'ProjectionExpression',
    'ExpressionAttributeNames',
  ]);
  const given = objectsIn(request, 'Keys');
  if (given.length === 0) {
    throw validationError(`The list of keys in RequestItems for BatchGetItem is required: ${name} has empty list`);
  }
  const paths = parseOnlyProjection(request);
  const table = engine.tables.get(name);
  return {
    name,
    request,
    table,
    keys: given.map((key) => ({ key: encodeKey(table, parseKey(table, key)), given: key })),
    paths,
    isConsistent: optionalBoolean(request, 'ConsistentRead') ?? false,
  };
}

/** Once the answer has 16 MB, the keys that are left come back as unprocessed. */
function readAll(engine: Engine, gets: readonly TableGets[], tally: CapacityTally): JsonObject {
  const responses: { [table: string]: Json } = {};
  const unprocessed: { [table: string]: Json } = {};
  let bytes = 0;
  for (const get of gets) {
    const items: AttributeMap[] = [];
    const left: JsonObject[] = [];
    for (const { key, given } of get.keys) {
      if (bytes >= MAX_RESPONSE_BYTES) {
        left.push(given);
        continue;
      }
      const found = engine.items.read(get.table, key);
      tally.add('read', get.table, readUnits(found?.sizeBytes ?? 0, get.isConsistent ? 'consistent' : 'eventual'));
      bytes += found?.sizeBytes ?? 0;
      if (found !== null) items.push(projected(found.item, get.paths));
    }
    responses[get.name] = items;
    if (left.length > 0) unprocessed[get.name] = { ...get.request, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed };
}
