import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { settingsItem } from '../../shared/aws/settings-item.ts';
import type { Settings } from '../../shared/contracts/index.ts';

/** Writes the settings of a workflow into the table of a deployment, as its owner would have them. */
export async function putSettings(url: string, settings: Settings): Promise<void> {
  const credentials = { accessKeyId: 'owner', secretAccessKey: 'owner' };
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials });
  try {
    const { TableNames: names = [] } = await client.send(new ListTablesCommand({}));
    const table = names.find((name) => name.includes('StoresCases'));
    if (table === undefined) throw new Error(`there is no table of cases among ${names.join(', ')}`);
    await client.send(new PutItemCommand({ TableName: table, Item: settingsItem(settings) }));
  } finally {
    client.destroy();
  }
}
