import type { JsonObject } from '../../kernel/service.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { resourceNotFound } from '../errors.ts';
import { constraint, optionalInteger, optionalString, requiredString } from '../input.ts';
import { tablePermission } from '../permissions.ts';
import { describeTable as described, type TableStatus } from '../tables/describe-table.ts';
import type { Table } from '../tables/table.ts';
import { tableNameOf } from '../tables/table-name.ts';

export const describeTable: OperationSpec = {
  name: 'DescribeTable',
  kind: 'read',
  members: ['TableName'],
  permissions: (engine, input) => [tablePermission(engine, 'DescribeTable', input)],
  run: (engine, input) => ({ Table: describeWithCounts(engine, namedTable(engine, input), 'ACTIVE') }),
};

const MAX_NAMES = 100;

export const listTables: OperationSpec = {
  name: 'ListTables',
  kind: 'read',
  members: ['ExclusiveStartTableName', 'Limit'],
  permissions: () => [{ action: 'dynamodb:ListTables', resource: '*' }],
  run: (engine, input) => {
    const limit = optionalInteger(input, 'Limit') ?? MAX_NAMES;
    if (limit < 1) throw constraint(limit, 'limit', 'Member must have value greater than or equal to 1');
    if (limit > MAX_NAMES)
      throw constraint(limit, 'limit', `Member must have value less than or equal to ${MAX_NAMES}`);
    const names = engine.tables.names(optionalString(input, 'ExclusiveStartTableName') ?? '', limit + 1);
    const shown = names.slice(0, limit);
    return { TableNames: shown, ...(names.length > limit && { LastEvaluatedTableName: shown.at(-1) ?? '' }) };
  },
};

/** The table, in the words that the calls about tables use. @throws ResourceNotFoundException */
export function namedTable(engine: Engine, input: JsonObject): Table {
  const name = tableNameOf(requiredString(input, 'TableName'), engine.place);
  const table = engine.tables.find(name);
  if (table === null) throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
  return table;
}

export function describeWithCounts(engine: Engine, table: Table, status: TableStatus): JsonObject {
  const row = engine.store
    .statement('SELECT COUNT(*) AS items, COALESCE(SUM(size_bytes), 0) AS bytes FROM dynamodb_items WHERE table_id = ?')
    .get(table.id);
  const counts = {
    items: Number(row?.['items'] ?? 0),
    bytes: Number(row?.['bytes'] ?? 0),
    itemsByIndex: new Map(table.definition.indexes.map(({ id }) => [id, countEntries(engine, table, id)])),
  };
  return described(engine.place, table, status, counts);
}

function countEntries({ store }: Engine, table: Table, indexId: number): number {
  const row = store
    .statement('SELECT COUNT(*) AS entries FROM dynamodb_index_entries WHERE table_id = ? AND index_id = ?')
    .get(table.id, indexId);
  return Number(row?.['entries'] ?? 0);
}
