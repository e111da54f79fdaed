import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { recordItem } from '../../shared/aws/record-items.ts';
import type { DecisionRecord } from '../../shared/contracts/index.ts';
import type { Deployment } from './deployment.ts';

/** As many as one write takes. */
const MOST_AT_ONCE = 25;

/** Puts decisions on record in a deployment, as nobody but a test can. */
export async function storeRecords(
  url: string,
  runtime: Deployment['runtime'],
  records: readonly DecisionRecord[],
): Promise<void> {
  const table = runtime.resources.find(({ logicalId }) => logicalId.startsWith('StoresCases'))?.physicalId ?? '';
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials });
  for (let at = 0; at < records.length; at += MOST_AT_ONCE) {
    const some = records.slice(at, at + MOST_AT_ONCE).map((record) => ({ PutRequest: { Item: recordItem(record) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: some } }));
  }
  client.destroy();
}
