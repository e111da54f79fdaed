import { CreateTableCommand, DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { evaluationContract, evaluationRun } from '../../test/support/evaluation-contract.ts';
import { DynamoEvaluationStore } from './dynamo-evaluation-store.ts';

type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;
const TableName = 'Evaluations';

describe('evaluations in DynamoDB', () => {
  let endpoint: Endpoint | null = null;
  beforeAll(async () => {
    endpoint = await openEndpoint();
    await endpoint.client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  });
  afterAll(() => endpoint?.close());

  const client = (): Endpoint['client'] => {
    if (endpoint === null) throw new Error('the endpoint is not open yet');
    return endpoint.client;
  };
  const store = () => new DynamoEvaluationStore(client(), TableName, () => 1_000_000);
  evaluationContract(store);

  it('gives no file of which a part is missing', async () => {
    const { id } = evaluationRun();
    await store().keepFile(id, 'plan', Buffer.from('whole'));
    const { Item: pointer } = await client().send(
      new GetItemCommand({ TableName, Key: { pk: { S: `evaluation#${id}` }, sk: { S: 'file#plan' } } }),
    );
    const part = { pk: { S: `evaluation#${id}` }, sk: { S: `part#${pointer?.['digest']?.S}#00000` } };
    await client().send(new DeleteItemCommand({ TableName, Key: part }));
    await expect(store().file(id, 'plan')).rejects.toThrow('not whole');
  });

  it('lets everything run out', async () => {
    const run = evaluationRun();
    await store().open(run);
    await store().reserve(run.id, 1, 1);
    for (const sk of ['head', 'money']) {
      const Key = { pk: { S: `evaluation#${run.id}` }, sk: { S: sk } };
      const { Item: item } = await client().send(new GetItemCommand({ TableName, Key }));
      expect(Number(item?.['expiresAt']?.N)).toBe(1_000 + 400 * 86_400);
    }
  });
});
