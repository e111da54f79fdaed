import type { JsonObject } from '../../kernel/service.ts';
import { consumedByMany } from '../capacity.ts';
import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { objectsIn, optionalObject, refuseUnknown } from '../input.ts';
import { checkWrite, performWrite } from '../items/planned-write.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import { requestedTables } from './batch-request.ts';
import { parseDeleteOf } from './parse-delete.ts';
import { parsePutOf } from './parse-put.ts';
import { type Guard, type ParsedWrite, planned } from './parsed-write.ts';
import { refuseRepeatedItems } from './repeated-items.ts';

const MAX_REQUESTS = 25;
const unguarded: Guard = { condition: null, showsItemOnFailure: false };

export const batchWriteItem: OperationSpec = {
  name: 'BatchWriteItem',
  kind: 'write',
  members: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) =>
    Object.keys(optionalObject(input, 'RequestItems') ?? {}).map((tableName) => {
      const requests = objectsIn(optionalObject(input, 'RequestItems') ?? {}, tableName);
      const table = tableIn(engine, { TableName: tableName });
      const keys = requests.flatMap((request) => leadingKeyIn(table, attributesIn(request)));
      return tablePermission(engine, 'BatchWriteItem', { TableName: tableName }, keys);
    }),
  run: (engine, input, tally) => {
    const tables = requestedTables(input);
    const parsed = Object.keys(tables).flatMap((tableName) => parseRequests(tableName, tables));
    if (parsed.length > MAX_REQUESTS) throw validationError('Too many items requested for the BatchWriteItem call');
    const writes = parsed.map((write) => planned(engine, write));
    refuseRepeatedItems(writes, 'Provided list of item keys contains duplicates');
    for (const write of writes) performWrite(engine, checkWrite(engine, write, tally));
    return { UnprocessedItems: {}, ...consumedByMany(input, tally) };
  },
};

function parseRequests(tableName: string, tables: JsonObject): readonly ParsedWrite[] {
  const requests = objectsIn(tables, tableName);
  if (requests.length > 0) return requests.map((request) => parseRequest(tableName, request));
  throw validationError(`The batch write request list for a table cannot be null or empty: ${tableName}`);
}

function parseRequest(tableName: string, request: JsonObject): ParsedWrite {
  refuseUnknown('BatchWriteItem', request, ['PutRequest', 'DeleteRequest']);
  const put = optionalObject(request, 'PutRequest');
  const remove = optionalObject(request, 'DeleteRequest');
  if (put !== null && remove === null) return parsePutOf(tableName, put, unguarded);
  if (remove !== null && put === null) return parseDeleteOf(tableName, remove, unguarded);
  throw validationError(
    put === null
      ? 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
      : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

function attributesIn(request: JsonObject): unknown {
  return optionalObject(request, 'PutRequest')?.['Item'] ?? optionalObject(request, 'DeleteRequest')?.['Key'];
}
