import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { consumedByMany, readUnits } from '../capacity.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { transactionCanceled } from '../errors.ts';
import type { Path } from '../expressions/path.ts';
import { objectsIn, optionalObject, refuseUnknown, requiredObject, requiredString } from '../input.ts';
import { encodeKey, type ItemKey, parseKey } from '../keys/item-key.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import type { Table } from '../tables/table.ts';
import { parseOnlyProjection, projected } from './only-projection.ts';
import { refuseRepeatedItems } from './repeated-items.ts';
import { transactEntries } from './transaction-part.ts';

export const transactGetItems: OperationSpec = {
  name: 'TransactGetItems',
  kind: 'read',
  members: ['TransactItems', 'ReturnConsumedCapacity'],
  permissions: (engine, input) =>
    objectsIn(input, 'TransactItems').map((entry) => {
      const get = optionalObject(entry, 'Get') ?? {};
      return tablePermission(
        engine,
        'GetItem',
        get,
        leadingKeyIn(tableIn(engine, get), get['Key']),
        'TransactGetItems',
      );
    }),
  run: (engine, input, tally) => {
    const gets = resolve(engine, transactEntries(input).map(parseGet));
    const responses = gets.map(({ table, key, paths }) => {
      const found = engine.items.read(table, key);
      tally.add('read', table, readUnits(found?.sizeBytes ?? 0, 'transaction'));
      return found === null ? {} : { Item: projected(found.item, paths) };
    });
    return { Responses: responses, ...consumedByMany(input, tally) };
  },
};

interface ParsedGet {
  readonly tableName: string;
  readonly key: JsonObject;
  readonly paths: readonly Path[] | null;
}

interface ResolvedGet {
  readonly table: Table;
  readonly key: ItemKey;
  readonly paths: readonly Path[] | null;
}

function parseGet(entry: JsonObject): ParsedGet {
  const get = requiredObject(entry, 'Get');
  refuseUnknown('TransactGetItems Get', get, ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames']);
  return {
    tableName: requiredString(get, 'TableName'),
    key: requiredObject(get, 'Key'),
    paths: parseOnlyProjection(get),
  };
}

/** @throws TransactionCanceledException if a key does not fit its table. */
function resolve(engine: Engine, gets: readonly ParsedGet[]): readonly ResolvedGet[] {
  const outcomes = gets.map((get) => resolveOne(engine.tables.get(get.tableName), get));
  const resolved = outcomes.filter((outcome) => typeof outcome !== 'string');
  if (resolved.length < outcomes.length) {
    throw transactionCanceled(
      outcomes.map((outcome) =>
        typeof outcome === 'string' ? { Code: 'ValidationError', Message: outcome } : { Code: 'None' },
      ),
    );
  }
  refuseRepeatedItems(resolved, 'Transaction request cannot include multiple operations on one item');
  return resolved;
}

/** What is wrong with the key, where it does not fit. */
function resolveOne(table: Table, { key, paths }: ParsedGet): ResolvedGet | string {
  try {
    return { table, key: encodeKey(table, parseKey(table, key)), paths };
  } catch (error) {
    if (error instanceof AwsError && error.name === 'ValidationException') return error.message;
    throw error;
  }
}
