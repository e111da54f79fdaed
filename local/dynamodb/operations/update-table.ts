import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { resourceNotFound, validationError } from '../errors.ts';
import { objectsIn, optionalBoolean, optionalObject, optionalWord, refuseUnknown, requiredString } from '../input.ts';
import { tablePermission } from '../permissions.ts';
import { type AttributeTypes, attributesInUse, parseAttributeTypes } from '../tables/attribute-definitions.ts';
import { addIndex, removeIndex } from '../tables/change-table.ts';
import { describedSettings } from '../tables/parse-definition.ts';
import { parseIndex } from '../tables/parse-index.ts';
import type { Table, TableDefinition } from '../tables/table.ts';
import { parseThroughput } from '../tables/throughput.ts';
import { describeWithCounts, namedTable } from './describe-tables.ts';

const settings = [
  'BillingMode',
  'ProvisionedThroughput',
  'DeletionProtectionEnabled',
  'SSESpecification',
  'TableClass',
];

export const updateTable: OperationSpec = {
  name: 'UpdateTable',
  kind: 'write',
  members: ['TableName', 'AttributeDefinitions', 'GlobalSecondaryIndexUpdates', ...settings],
  permissions: (engine, input) => [tablePermission(engine, 'UpdateTable', input)],
  run: (engine, input) => {
    const table = namedTable(engine, input);
    const updates = objectsIn(input, 'GlobalSecondaryIndexUpdates');
    refuseEmptyOrCrowded(input, updates);
    const settled = engine.tables.redefine(table, withSettings(table.definition, input));
    const types = typesAfter(settled, input);
    const changed = updates.reduce((current, update) => updateIndex(engine, current, update, types), settled);
    return { TableDescription: describeWithCounts(engine, changed, 'UPDATING') };
  },
};

function refuseEmptyOrCrowded(input: JsonObject, updates: readonly JsonObject[]): void {
  if (updates.length === 0 && !settings.some((name) => (input[name] ?? null) !== null)) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  const structural = updates.filter((update) => (update['Update'] ?? null) === null);
  if (structural.length <= 1) return;
  throw new AwsError(
    'LimitExceededException',
    'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
  );
}

function withSettings(definition: TableDefinition, input: JsonObject): TableDefinition {
  const mode = optionalWord(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST']);
  const changesThroughput = mode !== null || optionalObject(input, 'ProvisionedThroughput') !== null;
  const isProvisioned = mode === null ? definition.throughput !== null : mode === 'PROVISIONED';
  return {
    ...definition,
    isProtected: optionalBoolean(input, 'DeletionProtectionEnabled') ?? definition.isProtected,
    throughput: changesThroughput ? parseThroughput(input, isProvisioned) : definition.throughput,
    described: { ...definition.described, ...describedSettings(input) },
  };
}

function typesAfter({ definition }: Table, input: JsonObject): AttributeTypes {
  const known = new Map(attributesInUse(definition).map(({ name, type }) => [name, type]));
  for (const [name, type] of parseAttributeTypes(input)) {
    if ((known.get(name) ?? type) !== type) {
      throw validationError(
        `One or more parameter values were invalid: Cannot change the type of key attribute ${name}`,
      );
    }
    known.set(name, type);
  }
  return known;
}

function updateIndex(engine: Engine, table: Table, update: JsonObject, types: AttributeTypes): Table {
  refuseUnknown('UpdateTable', update, ['Create', 'Delete', 'Update']);
  const create = optionalObject(update, 'Create');
  if (create !== null) return createIndex(engine, table, create, types);
  const remove = optionalObject(update, 'Delete');
  if (remove === null) return changeThroughput(engine, table, optionalObject(update, 'Update') ?? {});
  const name = requiredString(remove, 'IndexName');
  if (!table.definition.indexes.some((index) => index.name === name && index.scope === 'global')) {
    throw resourceNotFound();
  }
  return removeIndex(engine, table, name);
}

function createIndex(engine: Engine, table: Table, create: JsonObject, types: AttributeTypes): Table {
  const index = parseIndex(create, 'global', 0, types, table.definition.throughput !== null);
  if (table.definition.indexes.some(({ name }) => name === index.name)) {
    throw validationError('Attempting to create an index which already exists');
  }
  return addIndex(engine, table, index);
}

function changeThroughput(engine: Engine, table: Table, update: JsonObject): Table {
  const name = requiredString(update, 'IndexName');
  const throughput = parseThroughput(update, table.definition.throughput !== null);
  if (!table.definition.indexes.some((index) => index.name === name)) throw resourceNotFound();
  const indexes = table.definition.indexes.map((index) => (index.name === name ? { ...index, throughput } : index));
  return engine.tables.redefine(table, { ...table.definition, indexes });
}
