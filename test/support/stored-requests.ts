import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { requestItem } from '../../shared/aws/case-items.ts';
import { keyOf } from '../../shared/aws/item-keys.ts';
import type { PersonRequest } from '../../shared/contracts/index.ts';
import type { Deployment } from './deployment.ts';

/** Changes a request in the store of a deployment behind the back of everybody, as nobody but a test can. */
export async function rewriteRequest(
  { runtime, url }: Pick<Deployment, 'runtime' | 'url'>,
  requestId: string,
  change: (request: PersonRequest) => PersonRequest,
): Promise<void> {
  const TableName = runtime.resources.find(({ logicalId }) => logicalId.startsWith('StoresCases'))?.physicalId;
  const client = new DynamoDBClient({
    ...{ endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } },
  });
  const { Item: item } = await client.send(new GetItemCommand({ TableName, Key: keyOf.request(requestId) }));
  const request: PersonRequest = JSON.parse(item?.['body']?.S ?? 'null');
  await client.send(new PutItemCommand({ TableName, Item: requestItem(change(request)) }));
  client.destroy();
}
