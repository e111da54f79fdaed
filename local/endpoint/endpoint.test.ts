import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateEmailIdentityCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsServices, createServices } from '../boot/services.ts';
import { createIam } from '../iam/index.ts';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { Store } from '../kernel/store.ts';
import { createLambda, LAMBDA_ROUTES, type LambdaService } from '../lambda/index.ts';
import { createMeter } from '../meter/index.ts';
import { Dispatcher, type Endpoint, listen } from './index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const ROLE = 'arn:aws:iam::000000000000:role/F';

let endpoint: Endpoint;
let aws: AwsServices;
let lambda: LambdaService;
let clock: MovableClock;

beforeAll(async () => {
  endpoint = await listen(0);
  const store = new Store(':memory:');
  const activity = new Activity();
  clock = new MovableClock(store, activity);
  const iam = createIam({ store, place: PLACE });
  iam.addRole({ name: 'F', arn: ROLE, trust: { Statement: [] }, inlinePolicies: [], managedPolicyArns: [] });
  const meter = createMeter(store);
  const dispatcher = new Dispatcher({ iam, meter, clock });
  const base = { store, clock, activity, place: PLACE, dispatch: dispatcher.dispatch, meter, endpoint: endpoint.url };
  aws = createServices(base);
  lambda = createLambda({
    ...base,
    callers: endpoint.callers,
    logFolder: mkdtempSync(join(tmpdir(), 'logs-')),
    codeFolder: mkdtempSync(join(tmpdir(), 'code-')),
    compileCacheFolder: mkdtempSync(join(tmpdir(), 'compiled-')),
    onLogLine: () => undefined,
    onInvoked: () => undefined,
    whenMessage: () => new Promise(() => undefined),
  });
  for (const service of [...aws.all, lambda]) dispatcher.register(service);
  endpoint.addRoutes([...LAMBDA_ROUTES, ...aws.routes]);
  endpoint.open({
    dispatch: dispatcher.dispatchFromWire,
    surface: (_, response) => void response.end('surface'),
    api: (_, response) => void response.end('api'),
  });
});

afterAll(async () => {
  await lambda.stop();
  for (const service of aws.all) service.stop();
  clock.stop();
  await endpoint.stop();
});

describe('SDK clients', () => {
  it('reach SQS, also by the address in the queue URL', async () => {
    const sqs = new SQSClient(client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'intake' }));
    expect(QueueUrl).toBe(`${endpoint.url}/000000000000/intake`);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toMatchObject([{ Body: 'hello' }]);
  });

  it('reach DynamoDB', async () => {
    const dynamodb = new DynamoDBClient(client());
    aws.dynamodb.ensureTable({
      TableName: 'cases',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await dynamodb.send(new PutItemCommand({ TableName: 'cases', Item: { pk: { S: 'a' }, n: { N: '1' } } }));
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'cases', Key: { pk: { S: 'a' } } }));
    expect(Item).toEqual({ pk: { S: 'a' }, n: { N: '1' } });
  });

  it('reach Secrets Manager', async () => {
    const secrets = new SecretsManagerClient(client());
    await secrets.send(new CreateSecretCommand({ Name: 'key', SecretString: 'open' }));
    expect(await secrets.send(new GetSecretValueCommand({ SecretId: 'key' }))).toMatchObject({ SecretString: 'open' });
  });

  it('reach Step Functions', async () => {
    expect(await new SFNClient(client()).send(new ListStateMachinesCommand({}))).toMatchObject({ stateMachines: [] });
  });

  it('reach Scheduler by its paths', async () => {
    const scheduler = new SchedulerClient(client());
    await scheduler.send(
      new CreateScheduleCommand({
        Name: 'daily',
        ScheduleExpression: 'cron(0 8 * * ? *)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: 'arn:aws:sqs:eu-west-1:000000000000:intake', RoleArn: ROLE },
      }),
    );
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'daily' }))).toMatchObject({ State: 'ENABLED' });
  });

  it('reach SES by its paths, with values that need escaping in them', async () => {
    const ses = new SESv2Client(client());
    await ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'a+b@example.com' }));
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'a+b@example.com',
        Destination: { ToAddresses: ['c@example.com'] },
        Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'there' } } } },
      }),
    );
    expect(aws.ses.caughtMails()).toMatchObject([{ subject: 'Hi' }]);
  });

  it('reach Lambda, by name and by ARN', async () => {
    defineFunction('echo', 'export const handler = async (e) => ({ echo: e });');
    const lambdaClient = new LambdaClient(client());
    for (const FunctionName of ['echo', 'arn:aws:lambda:eu-west-1:000000000000:function:echo']) {
      const output = await lambdaClient.send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{"a":1}') }));
      expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
      expect(Buffer.from(output.Payload ?? []).toString()).toBe('{"echo":{"a":1}}');
    }
  });

  it('learn from Lambda that a function failed', async () => {
    defineFunction('bad', 'export const handler = async () => { throw new TypeError("no"); };');
    const output = await new LambdaClient(client()).send(new InvokeCommand({ FunctionName: 'bad' }));
    expect(output.FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(output.Payload ?? []).toString())).toMatchObject({ errorType: 'TypeError' });
  });

  it('get Lambda events accepted', async () => {
    defineFunction('later', 'export const handler = async () => 1;');
    const command = new InvokeCommand({ FunctionName: 'later', InvocationType: 'Event' });
    expect(await new LambdaClient(client()).send(command)).toMatchObject({ StatusCode: 202 });
  });

  it('see the errors of a service by name, message and status', async () => {
    const sent = new LambdaClient(client()).send(new InvokeCommand({ FunctionName: 'ghost' }));
    await expect(sent).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:ghost',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('are held to the role that their credentials were issued for', async () => {
    const credentials = endpoint.callers.issue(() => ({
      kind: 'role',
      roleArn: ROLE,
      sessionName: 'f',
      traceId: null,
    }));
    const sqs = new SQSClient({ ...client(), credentials });
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'x' }))).rejects.toThrow(
      /assumed-role\/F\/f is not authorized to perform: sqs:CreateQueue/,
    );
  });
});

describe('raw requests', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=a, Signature=b';
  const ask = (headers: Record<string, string>, body: string | Buffer = '{}'): Promise<Response> => {
    return fetch(endpoint.url, { method: 'POST', headers: { authorization, ...headers }, body });
  };

  it('may be compressed', async () => {
    const headers = { 'x-amz-target': 'AmazonSQS.ListQueues', 'content-encoding': 'gzip' };
    expect((await ask(headers, gzipSync('{}'))).status).toBe(200);
  });

  const refusals: readonly [what: string, target: string, body: string, status: number, type: string][] = [
    ['an unknown operation', 'AmazonSQS.Fly', '{}', 501, 'UnsupportedOperationException'],
    ['an unknown service', 'Moon.Land', '{}', 400, 'UnknownOperationException'],
    ['a body that is no JSON', 'AmazonSQS.ListQueues', '{', 400, 'SerializationException'],
    ['a body that is no object', 'AmazonSQS.ListQueues', '[]', 400, 'SerializationException'],
  ];
  it.each(refusals)('get %s answered as a JSON error', async (_, target, body, status, type) => {
    const response = await ask({ 'x-amz-target': target }, body);
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    expect(await response.json()).toMatchObject({ __type: type, message: expect.stringMatching(/./) });
  });

  it('in the Query protocol are refused by their action', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const response = await ask(headers, 'Action=Publish&Version=2010-03-31');
    expect([response.status, await response.json()]).toMatchObject([
      501,
      { message: expect.stringContaining('Publish') },
    ]);
  });

  it('without a signature go to the surface or to the API', async () => {
    expect(await (await fetch(`${endpoint.url}/_local/x`)).text()).toBe('surface');
    expect(await (await fetch(`${endpoint.url}/_locals`)).text()).toBe('api');
  });
});

it('answers 503 until it is opened', async () => {
  const closed = await listen(0);
  expect((await fetch(closed.url)).status).toBe(503);
  await closed.stop();
});

it('listens on loopback only', () => {
  expect(new URL(endpoint.url).hostname).toBe('127.0.0.1');
});

function client() {
  return { endpoint: endpoint.url, region: 'eu-west-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } };
}

function defineFunction(name: string, code: string): void {
  const codeFolder = join(mkdtempSync(join(tmpdir(), 'code-')), name);
  mkdirSync(codeFolder);
  writeFileSync(join(codeFolder, 'index.mjs'), code);
  lambda.ensureFunction({
    name,
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    roleArn: ROLE,
    runtime: 'nodejs24.x',
    architecture: 'x86_64',
    codeFolder,
    handler: 'index.handler',
    memoryMb: 128,
    timeoutMs: 10_000,
    environment: {},
    reservedConcurrency: null,
    deadLetterArn: null,
  });
}
