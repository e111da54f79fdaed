import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The clients that a program on AWS would use, pointed at a runtime. They try once, so that nothing is counted twice. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly sfn: SFNClient;
  readonly destroy: () => void;
}

export function connect(url: string): Clients {
  const settings = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    maxAttempts: 1,
  };
  const clients = {
    dynamodb: new DynamoDBClient(settings),
    sqs: new SQSClient(settings),
    sfn: new SFNClient(settings),
  };
  const destroy = (): void => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...clients, destroy };
}
