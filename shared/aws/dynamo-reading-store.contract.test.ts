import { CreateTableCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { readingContract } from '../../test/support/reading-contract.ts';
import { sha256 } from '../domain/digest.ts';
import { DynamoReadingStore } from './dynamo-reading-store.ts';

type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;

describe('large readings in DynamoDB', () => {
  let endpoint: Endpoint | null = null;
  beforeAll(async () => {
    endpoint = await openEndpoint();
    await endpoint.client.send(
      new CreateTableCommand({
        TableName: 'Readings',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['caseId', 'part'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'caseId', KeyType: 'HASH' },
          { AttributeName: 'part', KeyType: 'RANGE' },
        ],
      }),
    );
  });
  afterAll(() => endpoint?.close());

  const client = (): Endpoint['client'] => {
    if (endpoint === null) throw new Error('the endpoint is not open yet');
    return endpoint.client;
  };
  readingContract(() => new DynamoReadingStore(client(), 'Readings'));

  it('gives nothing where a part is missing', async () => {
    const text = 'x'.repeat(800_000);
    const store = new DynamoReadingStore(client(), 'Readings');
    await store.keep('case-1', { id: sha256(text), text });
    const Key = { caseId: { S: 'case-1' }, part: { S: `${sha256(text)}#00001` } };
    await client().send(new DeleteItemCommand({ TableName: 'Readings', Key }));
    expect(await store.text('case-1', sha256(text))).toBeNull();
  });
});
