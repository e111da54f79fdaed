import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, test } from 'vitest';
import { listedDifferences } from './differences.ts';
import { type ContractEndpoint, isDynamoDbLocal, openEndpoint } from './endpoint.ts';

export type Item = Record<string, AttributeValue>;

/** The table of a suite: key `pk` (S) and `sk` (N); global index `by-team` on `team` and `rank` (`shown` projected); local index `by-label`. */
export interface Fixture {
  readonly client: DynamoDBClient;
  readonly TableName: string;
}

/** Opens the endpoint with one fresh table for the tests of the current file or describe block. */
export function useFixture(): Fixture {
  tablesMade += 1;
  const TableName = `contract-${process.pid}-${tablesMade}-${Date.now()}`;
  let endpoint: ContractEndpoint | null = null;
  beforeAll(async () => {
    endpoint = await openEndpoint();
    await endpoint.client.send(new CreateTableCommand({ TableName, ...tableShape }));
    await waitUntilTableExists({ client: endpoint.client, maxWaitTime: 60, minDelay: 1 }, { TableName });
    isLocal = await isDynamoDbLocal(endpoint.client, TableName);
  });
  afterAll(async () => {
    await endpoint?.client.send(new DeleteTableCommand({ TableName }));
    await endpoint?.close();
  });
  return {
    TableName,
    get client() {
      if (endpoint === null) throw new Error('the endpoint is open only while tests run');
      return endpoint.client;
    },
  };
}

let tablesMade = 0;
let isLocal = false;

/** A test that every DynamoDB passes, but for the differences that are listed by name. */
export function holdsFor(name: string, run: () => Promise<void>): void {
  // oxlint-disable-next-line vitest/expect-expect, vitest/valid-title -- both are the caller's
  test(name, async ({ skip }) => {
    const reason = listedDifferences.get(name);
    if (reason !== undefined && isLocal) skip(`DynamoDB Local: ${reason}`);
    await run();
  });
}

/** Name, message and other fields of the error that the call ends in. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string; fields: object }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name: error.name, message: error.message, fields: error };
  }
  throw new Error('the call was expected to be refused');
}

/** The message of a ValidationException; any other outcome fails the test. */
export async function invalidBecause(call: Promise<unknown>): Promise<string> {
  const { name, message } = await refusal(call);
  if (name !== 'ValidationException') throw new Error(`expected a ValidationException, got ${name}: ${message}`);
  return message;
}

export async function put({ client, TableName }: Fixture, ...items: readonly Item[]): Promise<void> {
  for (const Item of items) await client.send(new PutItemCommand({ TableName, Item }));
}

export async function read({ client, TableName }: Fixture, Key: Item): Promise<Item | undefined> {
  return (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

export function key(pk: string, sk = 1): Item {
  return { pk: { S: pk }, sk: { N: String(sk) } };
}

const tableShape = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'team', AttributeType: 'S' },
    { AttributeName: 'rank', AttributeType: 'N' },
    { AttributeName: 'label', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-team',
      KeySchema: [
        { AttributeName: 'team', KeyType: 'HASH' },
        { AttributeName: 'rank', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['shown'] },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-label',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'label', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;
