import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../kernel/service.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { addIndex, removeIndex, setTimeToLive } from '../tables/change-table.ts';
import { parseDefinition } from '../tables/parse-definition.ts';
import type { Index, Table, TableDefinition } from '../tables/table.ts';
import { checkName } from '../tables/table-name.ts';
import { addTable } from './create-table.ts';

/** A table as CloudFormation and CreateTable describe it, so far as this runtime understands it. */
export interface TableSpecification {
  readonly TableName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly GlobalSecondaryIndexes?: readonly IndexSpecification[];
  readonly LocalSecondaryIndexes?: readonly IndexSpecification[];
  readonly BillingMode?: string;
  readonly ProvisionedThroughput?: ThroughputSpecification;
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
  readonly DeletionProtectionEnabled?: boolean;
  readonly TableClass?: string;
  readonly StreamSpecification?: { readonly StreamViewType?: string };
}

interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: string;
}

interface IndexSpecification {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
  readonly ProvisionedThroughput?: ThroughputSpecification;
}

interface ThroughputSpecification {
  readonly ReadCapacityUnits: number;
  readonly WriteCapacityUnits: number;
}

/**
 * Makes the table, or brings its indexes and settings to the specification. Within a write.
 *
 * @throws ValidationException if the table is there with another key.
 */
export function ensureTable(engine: Engine, specification: TableSpecification): void {
  checkName(specification.TableName, 'tableName');
  const wanted = definitionOf(specification);
  const table = engine.tables.find(specification.TableName);
  if (table === null) addTable(engine, specification.TableName, wanted);
  else bringTo(engine, table, wanted);
}

function bringTo(engine: Engine, table: Table, wanted: TableDefinition): void {
  if (!isDeepStrictEqual(table.definition.keys, wanted.keys)) {
    throw validationError(`Table ${table.name} is there with another key; its items would have to go first`);
  }
  const { throughput, isProtected, described } = wanted;
  let current = engine.tables.redefine(table, { ...table.definition, throughput, isProtected, described });
  for (const index of table.definition.indexes) {
    if (!wanted.indexes.some((other) => isSame(index, other))) current = removeIndex(engine, current, index.name);
  }
  for (const index of wanted.indexes) {
    if (!table.definition.indexes.some((other) => isSame(index, other))) current = addIndex(engine, current, index);
  }
  setTimeToLive(engine, current, wanted.timeToLiveAttribute);
}

function isSame(left: Index, right: Index): boolean {
  return isDeepStrictEqual({ ...left, id: 0, throughput: null }, { ...right, id: 0, throughput: null });
}

function definitionOf(specification: TableSpecification): TableDefinition {
  const { TimeToLiveSpecification: timeToLive, ...rest } = specification;
  // A template may say of indexes that there are none; the API refuses an empty list.
  const said = Object.entries(rest).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  const definition = parseDefinition(Object.fromEntries(said) as JsonObject);
  const attribute = timeToLive?.Enabled === true ? (timeToLive.AttributeName ?? null) : null;
  return { ...definition, timeToLiveAttribute: attribute };
}
