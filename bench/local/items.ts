import { BatchWriteItemCommand, CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inParallel } from './measurement.ts';

export const TABLE = 'cases';
/** Newest first within one team. */
export const INDEX = 'by-team';
export const ITEMS_PER_PARTITION = 100;
export const TEAMS = 10;
const ITEMS_PER_BATCH = 25;

/** A table as the ledger of a team would be: partition and sort key, and an index over all. */
export const TABLE_INPUT = {
  TableName: TABLE,
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
      IndexName: INDEX,
      KeySchema: [
        { AttributeName: 'team', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
} as const;

export async function createTable(dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb.send(new CreateTableCommand(structuredClone(TABLE_INPUT) as never));
}

/** An item of about 400 bytes. */
export function itemOf(index: number) {
  return {
    ...keyOf(index),
    team: { S: `team-${index % TEAMS}` },
    state: { S: 'waiting' },
    amount: { N: String(index) },
    note: { S: NOTE },
  };
}

export function keyOf(index: number) {
  return {
    pk: { S: `case-${Math.floor(index / ITEMS_PER_PARTITION)}` },
    sk: { S: `entry-${String(index).padStart(9, '0')}` },
  };
}

/** Puts `n` items, 25 to a call. */
export async function loadItems(dynamodb: DynamoDBClient, n: number): Promise<void> {
  await inParallel(Math.ceil(n / ITEMS_PER_BATCH), 8, async (batch) => {
    const indexes = Array.from({ length: ITEMS_PER_BATCH }, (_, at) => batch * ITEMS_PER_BATCH + at);
    const requests = indexes.map((index) => ({ PutRequest: { Item: itemOf(index) } }));
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: requests } }));
  });
}

const NOTE = 'the customer asked for an offer for the larger plan and wants an answer this week. '.repeat(4);
