import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Operation, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { buildOperation, type Engine, type OnConsumed, type OperationSpec } from './engine.ts';
import { ExpirySweep } from './items/expiry-sweep.ts';
import { ItemStore } from './items/item-store.ts';
import { batchGetItem } from './operations/batch-get.ts';
import { batchWriteItem } from './operations/batch-write.ts';
import { createTable } from './operations/create-table.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeTable, listTables } from './operations/describe-tables.ts';
import { ensureTable, type TableSpecification } from './operations/ensure-table.ts';
import { getItem } from './operations/get-item.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import { describeTimeToLive, updateTimeToLive } from './operations/time-to-live.ts';
import { transactGetItems } from './operations/transact-get.ts';
import { transactWriteItems } from './operations/transact-write.ts';
import { updateTable } from './operations/update-table.ts';
import { deleteItem, putItem, updateItem } from './operations/write-one.ts';
import { defineSchema } from './tables/schema.ts';
import { TableCatalog } from './tables/table-catalog.ts';

export interface DynamoDb extends Service {
  /**
   * Makes the table unless it is there, and otherwise brings its indexes and settings to the specification; items stay.
   * On disk when it returns.
   *
   * @throws AwsError if the specification is wrong or would change the key of a table that is there.
   */
  ensureTable(specification: TableSpecification): void;
  /** Begins to delete expired items by the clock. */
  start(): void;
  stop(): void;
}

export interface DynamoDbOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly place: Place;
  readonly onConsumed?: OnConsumed;
}

/** DynamoDB on the store. A write has been on disk when its answer comes. */
export function createDynamoDb(options: DynamoDbOptions): DynamoDb {
  defineSchema(options.store);
  const engine = buildEngine(options);
  return {
    name: 'dynamodb',
    operations: Object.fromEntries(specs.map((spec): [string, Operation] => [spec.name, buildOperation(engine, spec)])),
    ensureTable: (specification) => options.store.writeNow(() => ensureTable(engine, specification)),
    start: () => engine.expiry.start(),
    stop: () => engine.expiry.stop(),
  };
}

const specs: readonly OperationSpec[] = [
  createTable,
  describeTable,
  listTables,
  updateTable,
  deleteTable,
  updateTimeToLive,
  describeTimeToLive,
  putItem,
  getItem,
  updateItem,
  deleteItem,
  query,
  scan,
  batchGetItem,
  batchWriteItem,
  transactGetItems,
  transactWriteItems,
];

function buildEngine({ store, clock, place, onConsumed }: DynamoDbOptions): Engine {
  const tables = new TableCatalog(store, place);
  const items = new ItemStore(store);
  const expiry = new ExpirySweep({ store, clock, tables, items });
  return { store, clock, place, tables, items, expiry, onConsumed: onConsumed ?? (() => undefined) };
}
