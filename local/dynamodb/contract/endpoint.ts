import { DescribeTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import { Store } from '../../kernel/store.ts';
import { createDynamoDb } from '../index.ts';
import { serveForTests } from '../testing/endpoint.ts';

/** What the contract runs against: the endpoint in REMIT_DYNAMODB_ENDPOINT, or ours in this process. */
export async function openEndpoint(): Promise<ContractEndpoint> {
  const url = process.env['REMIT_DYNAMODB_ENDPOINT'];
  if (url !== undefined && url !== '') {
    const client = clientAt(url);
    return { client, isOurs: false, close: async () => client.destroy() };
  }
  const store = new Store(':memory:');
  const clock = new MovableClock(store, new Activity());
  const service = createDynamoDb({
    store,
    clock,
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
  });
  const endpoint = await serveForTests(service);
  const client = clientAt(endpoint.url);
  const close = async () => {
    client.destroy();
    await endpoint.close();
    store.close();
  };
  return { client, isOurs: true, close };
}

export interface ContractEndpoint {
  readonly client: DynamoDBClient;
  readonly isOurs: boolean;
  close(): Promise<void>;
}

/** DynamoDB Local shows itself in its ARNs. */
export async function isDynamoDbLocal(client: DynamoDBClient, tableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return Table?.TableArn?.includes(':ddblocal:') ?? false;
}

function clientAt(endpoint: string): DynamoDBClient {
  const isAws = new URL(endpoint).hostname.endsWith('.amazonaws.com');
  const config: DynamoDBClientConfig = { endpoint, maxAttempts: 1 };
  if (isAws) return new DynamoDBClient(config);
  return new DynamoDBClient({
    ...config,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'contract', secretAccessKey: 'contract' },
  });
}
