import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { settingsItem } from '../../shared/aws/settings-item.ts';
import type { Settings } from '../../shared/contracts/index.ts';
import type { Deployment } from './deployment.ts';

const OPERATOR = { accessKeyId: 'operator', secretAccessKey: 'operator' };

/** Sets what an owner may change, as it is stored. Resolves once it holds. */
export async function changeSettings(remit: Deployment, settings: Settings): Promise<void> {
  const table = remit.runtime.resources.find(({ logicalId }) => logicalId.startsWith('StoresCases'));
  const dynamo = new DynamoDBClient({ endpoint: remit.url, region: 'us-east-1', credentials: OPERATOR });
  await dynamo.send(new PutItemCommand({ TableName: table?.physicalId, Item: settingsItem(settings) }));
  dynamo.destroy();
}
