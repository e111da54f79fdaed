import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { openEndpoint } from '../../local/dynamodb/contract/endpoint.ts';
import { budgetContract } from '../../test/support/budget-contract.ts';
import { DynamoBudget } from './dynamo-budget.ts';

describe('a budget in DynamoDB', () => {
  let endpoint: Awaited<ReturnType<typeof openEndpoint>> | null = null;
  beforeAll(async () => {
    endpoint = await openEndpoint();
    await endpoint.client.send(
      new CreateTableCommand({
        TableName: 'Budget',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
  });
  afterAll(() => endpoint?.close());

  budgetContract(() => {
    if (endpoint === null) throw new Error('the endpoint is not open yet');
    return new DynamoBudget(endpoint.client, 'Budget');
  });
});
