import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import type { Caller, JsonObject } from '../../kernel/service.ts';
import { Store } from '../../kernel/store.ts';
import type { OnConsumed } from '../engine.ts';
import { createDynamoDb, type DynamoDb, type TableSpecification } from '../index.ts';

/** DynamoDB on a store of its own, called without HTTP. For tests only. */
export function openForTests(options: { readonly path?: string; readonly onConsumed?: OnConsumed } = {}): TestInstance {
  const store = new Store(options.path ?? ':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const { onConsumed } = options;
  const service = createDynamoDb({ store, clock, place, ...(onConsumed && { onConsumed }) });
  return {
    service,
    clock,
    store,
    call: async (operation, input) => operationOf(service, operation).run(input, operator),
    permissions: (operation, input) => operationOf(service, operation).permissions(input),
    close: () => {
      service.stop();
      clock.stop();
      store.close();
    },
  };
}

export interface TestInstance {
  readonly service: DynamoDb;
  readonly clock: MovableClock;
  readonly store: Store;
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  permissions(operation: string, input: JsonObject): unknown;
  close(): void;
}

/** Key `pk` and `sk`, both S; index `by-team` on `team`. */
export const casesTable: TableSpecification = {
  TableName: 'cases',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'team', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-team',
      KeySchema: [{ AttributeName: 'team', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const operator: Caller = { kind: 'operator', traceId: null };

function operationOf(service: DynamoDb, name: string) {
  const operation = service.operations[name];
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation;
}
