import type { Engine, OperationSpec } from '../engine.ts';
import { resourceInUse } from '../errors.ts';
import { requiredString } from '../input.ts';
import { tablePermission } from '../permissions.ts';
import { describeTable } from '../tables/describe-table.ts';
import { parseDefinition } from '../tables/parse-definition.ts';
import type { Table, TableDefinition } from '../tables/table.ts';
import { checkName } from '../tables/table-name.ts';

export const createTable: OperationSpec = {
  name: 'CreateTable',
  kind: 'write',
  members: [
    'TableName',
    'KeySchema',
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'BillingMode',
    'ProvisionedThroughput',
    'StreamSpecification',
    'SSESpecification',
    'TableClass',
    'DeletionProtectionEnabled',
  ],
  permissions: (engine, input) => [tablePermission(engine, 'CreateTable', input)],
  run: (engine, input) => {
    const name = requiredString(input, 'TableName');
    checkName(name, 'tableName');
    const table = addTable(engine, name, parseDefinition(input));
    return { TableDescription: describeTable(engine.place, table, 'CREATING', noItems) };
  },
};

const noItems = { items: 0, bytes: 0, itemsByIndex: new Map() };

/** Within a write. @throws ResourceInUseException if there is one of that name. */
export function addTable(engine: Engine, name: string, definition: TableDefinition): Table {
  if (engine.tables.find(name) !== null) throw resourceInUse(`Table already exists: ${name}`);
  return engine.tables.create(name, Math.round(engine.clock.now()), definition);
}
