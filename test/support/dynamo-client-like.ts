import type { DynamoDBClient as SdkClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '../../shared/aws/client/dynamodb.ts';

/** The client of our functions, for the endpoint that AWS's own client talks to. */
export async function dynamoClientLike({ config }: SdkClient): Promise<DynamoDBClient> {
  const [region, credentials, at] = await Promise.all([config.region(), config.credentials(), config.endpoint?.()]);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return new DynamoDBClient({
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    endpoint: at && `${at.protocol}//${at.hostname}${at.port === undefined ? '' : `:${at.port}`}`,
    maxAttempts: 1,
  });
}
