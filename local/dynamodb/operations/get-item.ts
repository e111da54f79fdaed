import { consumedByOne, readUnits } from '../capacity.ts';
import type { OperationSpec } from '../engine.ts';
import { optionalBoolean, requiredObject, requiredString } from '../input.ts';
import { encodeKey, parseKey } from '../keys/item-key.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import { parseOnlyProjection, projected } from './only-projection.ts';

export const getItem: OperationSpec = {
  name: 'GetItem',
  kind: 'read',
  members: [
    'TableName',
    'Key',
    'ConsistentRead',
    'ProjectionExpression',
    'ReturnConsumedCapacity',
    'ExpressionAttributeNames',
  ],
  permissions: (engine, input) => [
    tablePermission(engine, 'GetItem', input, leadingKeyIn(tableIn(engine, input), input['Key'])),
  ],
  run: (engine, input, tally) => {
    const paths = parseOnlyProjection(input);
    const table = engine.tables.get(requiredString(input, 'TableName'));
    const key = encodeKey(table, parseKey(table, requiredObject(input, 'Key')));
    const found = engine.items.read(table, key);
    const isConsistent = optionalBoolean(input, 'ConsistentRead') ?? false;
    tally.add('read', table, readUnits(found?.sizeBytes ?? 0, isConsistent ? 'consistent' : 'eventual'));
    return { ...(found !== null && { Item: projected(found.item, paths) }), ...consumedByOne(input, tally) };
  },
};
