import type { Place } from '../../kernel/names.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { attributesInUse } from './attribute-definitions.ts';
import { type Index, type KeySchema, keyAttributesOf, type Table, type Throughput } from './table.ts';
import { tableArn } from './table-name.ts';

export interface TableCounts {
  readonly items: number;
  readonly bytes: number;
  readonly itemsByIndex: ReadonlyMap<number, number>;
}

/** TableDescription as the API gives it. */
export function describeTable(place: Place, table: Table, status: TableStatus, counts: TableCounts): JsonObject {
  const { definition } = table;
  const arn = tableArn(place, table.name);
  const indexes = (scope: Index['scope']) => definition.indexes.filter((index) => index.scope === scope);
  return {
    TableName: table.name,
    TableArn: arn,
    TableId: tableId(table.id),
    TableStatus: status,
    CreationDateTime: table.createdAtMs / 1000,
    AttributeDefinitions: attributesInUse(definition).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: describeKeys(definition.keys),
    ...describeBilling(table),
    ItemCount: counts.items,
    TableSizeBytes: counts.bytes,
    DeletionProtectionEnabled: definition.isProtected,
    ...listed(
      'GlobalSecondaryIndexes',
      indexes('global').map((index) => describeIndex(arn, index, status, counts)),
    ),
    ...listed(
      'LocalSecondaryIndexes',
      indexes('local').map((index) => describeIndex(arn, index, null, counts)),
    ),
    ...definition.described,
  };
}

export type TableStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

function listed(name: string, entries: readonly JsonObject[]): JsonObject {
  return entries.length === 0 ? {} : { [name]: entries };
}

function describeIndex(arn: string, index: Index, status: TableStatus | null, counts: TableCounts): JsonObject {
  const { type, attributes } = index.projection;
  return {
    IndexName: index.name,
    IndexArn: `${arn}/index/${index.name}`,
    KeySchema: describeKeys(index.keys),
    Projection: { ProjectionType: type, ...(attributes.length > 0 && { NonKeyAttributes: attributes }) },
    ...(status !== null && { IndexStatus: status, ProvisionedThroughput: describeThroughput(index.throughput) }),
    ItemCount: counts.itemsByIndex.get(index.id) ?? 0,
  };
}

function describeBilling({ createdAtMs, definition }: Table): JsonObject {
  return {
    ProvisionedThroughput: describeThroughput(definition.throughput),
    ...(definition.throughput === null && {
      BillingModeSummary: {
        BillingMode: 'PAY_PER_REQUEST',
        LastUpdateToPayPerRequestDateTime: createdAtMs / 1000,
      },
    }),
  };
}

function describeThroughput(throughput: Throughput | null): JsonObject {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: throughput?.readUnits ?? 0,
    WriteCapacityUnits: throughput?.writeUnits ?? 0,
  };
}

function describeKeys(keys: KeySchema): readonly JsonObject[] {
  return keyAttributesOf(keys).map(({ name }, at) => ({ AttributeName: name, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
}

function tableId(id: number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
