import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { tablePermission } from '../permissions.ts';
import { describeWithCounts, namedTable } from './describe-tables.ts';

export const deleteTable: OperationSpec = {
  name: 'DeleteTable',
  kind: 'write',
  members: ['TableName'],
  permissions: (engine, input) => [tablePermission(engine, 'DeleteTable', input)],
  run: (engine, input) => {
    const table = namedTable(engine, input);
    if (table.definition.isProtected) {
      throw validationError(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const description = describeWithCounts(engine, table, 'DELETING');
    engine.store.statement('DELETE FROM dynamodb_items WHERE table_id = ?').run(table.id);
    engine.store.statement('DELETE FROM dynamodb_index_entries WHERE table_id = ?').run(table.id);
    engine.tables.remove(table);
    return { TableDescription: description };
  },
};
