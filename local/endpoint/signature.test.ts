import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DeleteEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSentBody } from './body.ts';
import { CallerRegistry, type Credentials } from './callers.ts';
import type { SignedRequest } from './signature.ts';

let server: Server;
let received: SignedRequest[] = [];
let registry: CallerRegistry;
let credentials: Credentials;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = (await readSentBody(request, 1e6)) ?? Buffer.alloc(0);
    const headers: IncomingHttpHeaders = request.headers;
    received.push({ method: request.method ?? '', url: request.url ?? '', headers, body });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

afterAll(() => void server.close());

beforeEach(() => {
  received = [];
  registry = new CallerRegistry();
  credentials = registry.issue(() => ({ kind: 'role', roleArn: 'arn:role', sessionName: 'f', traceId: 'Root=1' }));
});

describe('a request of a real SDK client with credentials that were given out', () => {
  const requests: readonly [what: string, send: () => Promise<unknown>][] = [
    [
      'in JSON',
      () => new DynamoDBClient(client()).send(new GetItemCommand({ TableName: 't', Key: { a: { S: 'é' } } })),
    ],
    [
      'with a checksum',
      () => new SQSClient(client()).send(new SendMessageCommand({ QueueUrl: `${url()}/0/q`, MessageBody: 'x' })),
    ],
    [
      'with an ARN in its path',
      () => new LambdaClient(client()).send(new InvokeCommand({ FunctionName: 'arn:aws:lambda:r:0:function:f:live' })),
    ],
    [
      'with signs in its path that need escaping',
      () => new SESv2Client(client()).send(new DeleteEmailIdentityCommand({ EmailIdentity: "a+b*('c)@x.de" })),
    ],
    [
      'of S3, whose path is signed as it is sent',
      () =>
        new S3Client(client()).send(new GetObjectCommand({ Bucket: 'b', Key: "a b/c+(d)'é%2F", VersionId: 'v_-1' })),
    ],
    [
      'of S3 with a content',
      () => new S3Client(client()).send(new PutObjectCommand({ Bucket: 'b', Key: 'a', Body: 'x' })),
    ],
    [
      'with a query',
      () =>
        new SchedulerClient(client()).send(
          new ListSchedulesCommand({ NamePrefix: "z a*'~/", GroupName: 'g', MaxResults: 3, State: 'ENABLED' }),
        ),
    ],
  ];
  it.each(requests)('%s is known to be that function', async (_, send) => {
    await send().catch(() => undefined);
    expect(received).toHaveLength(1);
    for (const request of received)
      expect(registry.callerOf(request)).toMatchObject({ kind: 'role', traceId: 'Root=1' });
  });

  const changes: readonly [what: string, change: (request: SignedRequest) => SignedRequest, error: string][] = [
    ['another body', (one) => ({ ...one, body: Buffer.from('{"n":1}') }), 'InvalidSignatureException'],
    ['another path', (one) => ({ ...one, url: '/x' }), 'InvalidSignatureException'],
    ['another query', (one) => ({ ...one, url: `${one.url}?a=b` }), 'InvalidSignatureException'],
    ['another method', (one) => ({ ...one, method: 'PUT' }), 'InvalidSignatureException'],
    [
      'another target',
      (one) => withHeader(one, 'x-amz-target', 'AWSStepFunctions.StopExecution'),
      'InvalidSignatureException',
    ],
    ['another time', (one) => withHeader(one, 'x-amz-date', '20200101T000000Z'), 'InvalidSignatureException'],
    [
      'another session token',
      (one) => withHeader(one, 'x-amz-security-token', 'made-up'),
      'UnrecognizedClientException',
    ],
    ['no session token', (one) => withHeader(one, 'x-amz-security-token', undefined), 'UnrecognizedClientException'],
    ['half a signature', (one) => withHeader(one, 'authorization', halfOf(one)), 'IncompleteSignatureException'],
    [
      'an unsigned host',
      (one) => withHeader(one, 'authorization', String(one.headers['authorization']).replace('host;', '')),
      'InvalidSignatureException',
    ],
  ];
  it.each(changes)('is refused with %s', async (_, change, name) => {
    const input = { stateMachineArn: 'arn:aws:states:r:0:stateMachine:m', input: '{}' };
    await new SFNClient(client()).send(new StartExecutionCommand(input));
    const [request] = received;
    expect(() => request && registry.callerOf(change(request))).toThrow(expect.objectContaining({ name }));
  });

  it('is refused when another secret signed it', async () => {
    await sign({ ...credentials, secretAccessKey: 'guessed' });
    expect(() => received.map((one) => registry.callerOf(one))).toThrow('does not match the signature you provided');
  });

  it('is refused when its key was taken back', async () => {
    await sign(credentials);
    registry.revoke(credentials.accessKeyId);
    expect(() => received.map((one) => registry.callerOf(one))).toThrow('security token included in the request is');
  });

  it('is known after one for another service too', async () => {
    await sign(credentials);
    await new SFNClient(client()).send(new StartExecutionCommand({ stateMachineArn: 'arn:m' }));
    await sign(credentials);
    expect(received.map((one) => registry.callerOf(one).kind)).toEqual(['role', 'role', 'role']);
  });
});

it('refuses a made-up key that looks like one that was given out', async () => {
  await sign({ ...credentials, accessKeyId: 'ASIAREMIT0123456789ABCDEF' });
  expect(() => received.map((one) => registry.callerOf(one))).toThrow(
    expect.objectContaining({ name: 'UnrecognizedClientException' }),
  );
});

it('takes any other key for the owner of the machine', async () => {
  await sign({ accessKeyId: 'me', secretAccessKey: 'me', sessionToken: '' });
  await sign({ accessKeyId: 'ASIAQWERTYUIOPASDFGH', secretAccessKey: 'me', sessionToken: 'x' });
  expect(received.map((one) => registry.callerOf(one).kind)).toEqual(['operator', 'operator']);
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client() {
  return { endpoint: url(), region: 'eu-west-1', credentials, maxAttempts: 1 };
}

async function sign(as: Credentials): Promise<void> {
  const dynamodb = new DynamoDBClient({ ...client(), credentials: as });
  await dynamodb.send(new GetItemCommand({ TableName: 't', Key: { a: { S: 'b' } } }));
}

function withHeader(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function halfOf(request: SignedRequest): string {
  return String(request.headers['authorization']).slice(0, -32);
}
