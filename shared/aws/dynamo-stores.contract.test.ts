import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { storeContract } from '../../test/support/store-contract.ts';
import type { Settings } from '../contracts/index.ts';
import { DynamoBatchStore } from './dynamo-batch-store.ts';
import { DynamoCaseStore } from './dynamo-case-store.ts';
import { DynamoErasureStore } from './dynamo-erasure-store.ts';
import { DynamoExampleStore } from './dynamo-example-store.ts';
import { DynamoHistoryStore } from './dynamo-history-store.ts';
import { DynamoPeopleStore } from './dynamo-people-store.ts';
import { DynamoRecordStore } from './dynamo-record-store.ts';
import { DynamoRequestStore } from './dynamo-request-store.ts';
import { DynamoSettingsStore } from './dynamo-settings-store.ts';
import { DynamoShapeStore } from './dynamo-shape-store.ts';
import { DynamoStepStore } from './dynamo-step-store.ts';
import { DynamoTokenStore } from './dynamo-token-store.ts';
import { settingsItem } from './settings-item.ts';

const TABLES = {
  ...{ cases: 'Cases', ledger: 'Ledger', tokens: 'Tokens', readings: 'Readings', sandbox: 'Sandbox' },
  evaluations: 'Evaluations',
};

storeContract('stores in DynamoDB', async () => {
  const { client, close } = await openEndpoint();
  for (const table of SHAPES) await client.send(new CreateTableCommand(table));
  return {
    cases: new DynamoCaseStore(client, TABLES),
    requests: new DynamoRequestStore(client, TABLES.cases),
    examples: new DynamoExampleStore(client, TABLES.cases),
    history: new DynamoHistoryStore(client, TABLES.cases),
    tokens: new DynamoTokenStore(client, TABLES),
    records: new DynamoRecordStore(client, TABLES.cases),
    people: new DynamoPeopleStore(client, TABLES.cases),
    erasures: new DynamoErasureStore(client, TABLES),
    steps: new DynamoStepStore(client, TABLES.cases),
    batches: new DynamoBatchStore(client, TABLES.cases, () => 0),
    settings: new DynamoSettingsStore(client, TABLES.cases),
    shapes: new DynamoShapeStore(client, TABLES.cases),
    putSettings: (settings) => putSettings(client, settings),
    close,
  };
});

/** The tables of the stack. */
const SHAPES: readonly CreateTableCommandInput[] = [
  {
    TableName: TABLES.cases,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'listPk', 'statePk', 'listSk'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'byList', KeySchema: keys('listPk', 'listSk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      { IndexName: 'byState', KeySchema: keys('statePk', 'listSk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  },
  {
    TableName: TABLES.ledger,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'caseId', AttributeType: 'S' },
      { AttributeName: 'seq', AttributeType: 'N' },
    ],
    KeySchema: keys('caseId', 'seq'),
  },
  {
    TableName: TABLES.tokens,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'requestId', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'requestId', KeyType: 'HASH' }],
  },
  ...(
    [
      [TABLES.readings, 'caseId', 'part'],
      [TABLES.sandbox, 'pk', 'sk'],
      [TABLES.evaluations, 'pk', 'sk'],
    ] as const
  ).map(
    ([TableName, partition, sort]): CreateTableCommandInput => ({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [partition, sort].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys(partition, sort),
    }),
  ),
];

function keys(partition: string, sort: string): NonNullable<CreateTableCommandInput['KeySchema']> {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

async function putSettings(client: DynamoDBClient, settings: Settings): Promise<void> {
  await client.send(new PutItemCommand({ TableName: TABLES.cases, Item: settingsItem(settings) }));
}
