import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { boot, client, newHome, stop, until } from './boot/testing/runtimes.ts';
import type { Runtime } from './boot.ts';

const ROLE = 'arn:aws:iam::000000000000:role/any';

it('is filled over the API by ordinary clients, and goes on with all of it after a restart', async () => {
  // given
  const home = newHome();
  const first = await bare(home);
  const made = await makeAll(first);

  // when
  await new EventBridgeClient(client(first)).send(
    new PutEventsCommand({ Entries: [{ EventBusName: 'orders', Source: 'shop', DetailType: 'sold', Detail: '{}' }] }),
  );
  await stop(first);
  const second = await bare(home);

  // then
  const queueUrl = made.queueUrl.replace(first.url, second.url);
  expect(await bodiesOf(second, queueUrl)).toEqual([expect.stringContaining('"source":"shop"')]);
  const item = await new DynamoDBClient(client(second)).send(
    new GetItemCommand({ TableName: 'stock', Key: { id: { S: 'a' } } }),
  );
  expect(item.Item).toEqual({ id: { S: 'a' } });
  const secret = new GetSecretValueCommand({ SecretId: 'shop/key' });
  expect(await new SecretsManagerClient(client(second)).send(secret)).toMatchObject({ SecretString: 'open' });
  await second.clock.advance(86_400_000);
  expect(await bodiesOf(second, queueUrl)).toEqual(['"tick"']);
  await second.clock.advance(7_200_000);
  const describe = new DescribeExecutionCommand({ executionArn: made.executionArn });
  await until(async () => (await new SFNClient(client(second)).send(describe)).status === 'SUCCEEDED');
  expect(await bodiesOf(second, queueUrl)).toEqual(['from the machine']);
});

it('says by name that functions cannot be made over the API', async () => {
  const lambda = new LambdaClient(client(await bare(newHome())));
  const create = new CreateFunctionCommand({ FunctionName: 'f', Role: ROLE, Code: { ZipFile: Buffer.from('x') } });
  await expect(lambda.send(create)).rejects.toMatchObject({
    name: 'UnsupportedOperationException',
    message:
      'The local runtime does not have lambda CreateFunction: functions are made from the template of a stack only.',
    $metadata: { httpStatusCode: 501 },
  });
  await expect(lambda.send(new ListFunctionsCommand({}))).rejects.toThrow('functions are made from the template');
});

it('has no API of a stack, and the surface of every runtime', async () => {
  const { url } = await bare(newHome());
  expect((await fetch(`${url}/anything`)).status).toBe(404);
  expect((await fetch(`${url}/_local/meter`)).status).toBe(200);
});

function bare(home: string): Promise<Runtime> {
  return boot({ assembly: null, home });
}

/** A table, a secret, a queue that a rule and a schedule send to, and a machine that waits for a day and sends to it too. */
async function makeAll(runtime: Runtime) {
  const queue = await makeQueue(runtime);
  await makeRule(runtime, queue.arn);
  await makeKeeping(runtime);
  await new SchedulerClient(client(runtime)).send(
    new CreateScheduleCommand({
      Name: 'tomorrow',
      ScheduleExpression: 'rate(20 hours)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: queue.arn, RoleArn: ROLE, Input: '"tick"' },
    }),
  );
  return { queueUrl: queue.url, executionArn: await startMachine(runtime, queue.url) };
}

async function makeQueue(runtime: Runtime): Promise<{ readonly url: string; readonly arn: string }> {
  const sqs = new SQSClient(client(runtime));
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'sold' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: Attributes?.['QueueArn'] ?? '' };
}

async function makeRule(runtime: Runtime, queueArn: string): Promise<void> {
  const events = new EventBridgeClient(client(runtime));
  await events.send(new CreateEventBusCommand({ Name: 'orders' }));
  const pattern = { EventBusName: 'orders', Name: 'sales', EventPattern: '{"source":["shop"]}' };
  await events.send(new PutRuleCommand(pattern));
  const target = { EventBusName: 'orders', Rule: 'sales', Targets: [{ Id: 'queue', Arn: queueArn }] };
  await events.send(new PutTargetsCommand(target));
  const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' };
  await new SQSClient(client(runtime)).send(
    new SetQueueAttributesCommand({
      QueueUrl: `${runtime.url}/000000000000/sold`,
      Attributes: { Policy: JSON.stringify({ Statement: { ...statement, Resource: queueArn } }) },
    }),
  );
}

async function makeKeeping(runtime: Runtime): Promise<void> {
  const dynamodb = new DynamoDBClient(client(runtime));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'stock',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await dynamodb.send(new PutItemCommand({ TableName: 'stock', Item: { id: { S: 'a' } } }));
  const secret = new CreateSecretCommand({ Name: 'shop/key', SecretString: 'open' });
  await new SecretsManagerClient(client(runtime)).send(secret);
}

async function startMachine(runtime: Runtime, queueUrl: string): Promise<string> {
  const states = new SFNClient(client(runtime));
  const send = {
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Arguments: { QueueUrl: queueUrl, MessageBody: 'from the machine' },
    End: true,
  };
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Pause',
    States: { Pause: { Type: 'Wait', Seconds: 90_000, Next: 'Send' }, Send: send },
  });
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({ name: 'later', roleArn: ROLE, definition }),
  );
  const { executionArn = '' } = await states.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  return executionArn;
}

/** Takes all messages that a receive of at most five seconds finds off the queue. */
async function bodiesOf(runtime: Runtime, queueUrl: string): Promise<readonly (string | undefined)[]> {
  const sqs = new SQSClient(client(runtime));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 5, MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of Messages)
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  return Messages.map(({ Body }) => Body);
}
