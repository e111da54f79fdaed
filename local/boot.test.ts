import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { synthesizeFixture } from './boot/fixture/app.ts';
import {
  boot,
  client,
  effects,
  executionArn,
  get,
  JSON_TYPE,
  newHome,
  stackWith,
  status,
  stop,
  until,
} from './boot/testing/runtimes.ts';
import type { JsonObject } from './kernel/service.ts';

describe('the whole stack', () => {
  it('takes a webhook through queue, state machine and functions, over a stop and a start', async () => {
    const home = newHome();
    const first = await boot({ home });
    const response = await fetch(`${first.url}/hooks/lead`, { method: 'POST', body: '{"id":"7"}', headers: JSON_TYPE });
    expect([response.status, await response.json()]).toEqual([202, { caseId: 'lead-7' }]);
    await until(async () => (await effects(first, 'lead-7')).length === 1);
    await stop(first);

    const second = await boot({ home });
    expect(await status(second, 'lead-7')).toBe('RUNNING');
    await second.clock.advance(3_600_000);
    await until(async () => (await status(second, 'lead-7')) === 'SUCCEEDED');

    expect(await effects(second, 'lead-7')).toEqual([
      { step: 'first', version: '$LATEST' },
      { step: 'second', version: '$LATEST' },
    ]);
  });

  it('accounts for a case from the webhook to its end', async () => {
    const runtime = await boot({});
    await fetch(`${runtime.url}/hooks/lead`, { method: 'POST', body: '{"id":"8"}', headers: JSON_TYPE });
    await until(async () => (await effects(runtime, 'lead-8')).length === 1);
    await runtime.clock.advance(3_600_000);
    await until(async () => (await status(runtime, 'lead-8')) === 'SUCCEEDED');

    const meter = (await get(runtime, '/_local/meter?caseId=lead-8')) as JsonObject;

    expect(meter).toMatchObject({
      executionName: 'lead-8',
      callsByFunctions: 4,
      calls: { function: { 'sqs:SendMessage': 1, 'states:StartExecution': 1, 'dynamodb:PutItem': 2 } },
    });
    const quantities = Object.fromEntries(
      (meter['lines'] as JsonObject[]).map((line) => [line['item'], line['quantity']]),
    );
    expect(quantities).toMatchObject({ 'lambda-requests': 4, 'dynamodb-write-units': 2, 'api-requests': 1 });
  });

  it('takes an event of the bus to the queue', async () => {
    const runtime = await boot({});
    const events = new EventBridgeClient(client(runtime));
    const entry = { EventBusName: 'leads', Source: 'crm', DetailType: 'lead', Detail: '{}' };
    expect(await events.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({ FailedEntryCount: 0 });
    await until(() => Object.keys(runtime.meter().calls.service).includes('sqs:ReceiveMessage'));
  });

  it('mails the owner when an alarm goes off', async () => {
    const runtime = await boot({});
    const dead = runtime.resources.find((one) => one.logicalId.startsWith('Dead') && one.type === 'AWS::SQS::Queue');
    await new SQSClient(client(runtime)).send(
      new SendMessageCommand({ QueueUrl: dead?.physicalId ?? '', MessageBody: 'lost' }),
    );
    await runtime.clock.advance(300_000);
    await until(async () => ((await get(runtime, '/_local/mail?to=owner@example.com')) as unknown[]).length > 0);
    expect(await get(runtime, '/_local/mail?to=owner@example.com')).toMatchObject([
      { from: 'no-reply@sns.amazonaws.com', subject: 'ALARM: "dead-letters" in us-east-1' },
    ]);
    expect(await get(runtime, '/_local/alarms')).toMatchObject([{ name: 'dead-letters', state: 'ALARM' }]);
    expect(await (await fetch(`${runtime.url}/_local/mail/`)).text()).toContain('ALARM: &quot;dead-letters&quot;');
    expect(JSON.stringify(await get(runtime, '/_local/metrics'))).toContain('ApproximateNumberOfMessagesVisible');
  });

  it('tells the default bus that an execution has ended', async () => {
    const runtime = await boot({});
    await fetch(`${runtime.url}/hooks/lead`, { method: 'POST', body: '{"id":"10"}', headers: JSON_TYPE });
    await until(async () => (await effects(runtime, 'lead-10')).length === 1);
    await runtime.clock.advance(3_600_000);
    const { Messages } = await new SQSClient(client(runtime)).send(
      new ReceiveMessageCommand({ QueueUrl: `${runtime.url}/000000000000/ended`, WaitTimeSeconds: 10 }),
    );
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      detail: { name: 'lead-10', status: 'SUCCEEDED' },
    });
    const metrics = JSON.stringify(await get(runtime, '/_local/metrics'));
    for (const name of ['ExecutionsSucceeded', 'Invocations', 'Latency']) expect(metrics).toContain(name);
  });

  it('denies what no statement of a role allows, in the words of AWS', async () => {
    const runtime = await boot({ assembly: await synthesizeFixture({ withoutTableGrant: true }) });
    await fetch(`${runtime.url}/hooks/lead`, { method: 'POST', body: '{"id":"9"}', headers: JSON_TYPE });
    await until(async () => (await status(runtime, 'lead-9')) === 'FAILED');
    const { cause } = await new SFNClient(client(runtime)).send(
      new DescribeExecutionCommand({ executionArn: executionArn(runtime, 'lead-9') }),
    );
    expect(cause).toMatch(
      /assumed-role\/Fixture-work\S+ is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/Fixture-Sandbox\w* because no identity-based policy allows/,
    );
    expect(await effects(runtime, 'lead-9')).toEqual([]);
  });

  it('lists what a role may do and has never done', async () => {
    const runtime = await boot({});
    const access = (await get(runtime, '/_local/access')) as { roleArn: string; neverUsed: string[] }[];
    const work = access.find((role) => role.roleArn.includes('work'));
    expect(work?.neverUsed).toContain('dynamodb:PutItem');
  });
});

describe('a boot that cannot be', () => {
  it('names the port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(boot({ port })).rejects.toThrow(`Port ${port} is taken by another program; set REMIT_PORT`);
    other.close();
  });

  it('names the process that already works on the data', async () => {
    const home = newHome();
    await boot({ home });
    await expect(boot({ home })).rejects.toThrow(
      `Another local runtime (process ${process.pid}) already works on ${home}.`,
    );
  });

  it('names the data folder that cannot be made', async () => {
    const file = join(newHome(), 'file');
    writeFileSync(file, '');
    await expect(boot({ home: join(file, 'home') })).rejects.toThrow(`The data folder ${join(file, 'home')} cannot be`);
  });

  it('names data that is broken', async () => {
    const home = newHome();
    writeFileSync(join(home, 'data.sqlite'), 'not a database, but long enough to look like one '.repeat(100));
    await expect(boot({ home })).rejects.toThrow(`The data in ${home} is broken`);
  });

  it('leaves port and data free for the next try', async () => {
    const home = newHome();
    await expect(boot({ home, assembly: '/nowhere' })).rejects.toThrow('There is no folder /nowhere');
    await expect(boot({ home, assembly: stackWith({ Machine: { Type: 'AWS::EC2::Instance' } }) })).rejects.toThrow(
      'AWS::EC2::Instance',
    );
    await boot({ home });
  });

  it('names a role that its service cannot assume', async () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
    const machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, DefinitionString: '{}' },
    };
    const folder = stackWith({ Role: role, Machine: machine });
    await expect(boot({ assembly: folder })).rejects.toThrow(
      /role\/S-Role cannot be assumed by states.amazonaws.com for \S+:stateMachine:S-Machine/,
    );
  });

  it('names a property that it would have to ignore', async () => {
    const folder = stackWith({ Queue: { Type: 'AWS::SQS::Queue', Properties: { Sparkle: true } } });
    await expect(boot({ assembly: folder })).rejects.toThrow(/Queue .*Sparkle/);
  });
});

it('answers unknown AWS services and paths as JSON errors', async () => {
  const runtime = await boot({});
  const authorization = 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/x/aws4_request';
  const target = await fetch(runtime.url, { method: 'POST', headers: { authorization, 'x-amz-target': 'Moon.Land' } });
  expect([target.status, target.headers.get('x-amzn-errortype'), await target.json()]).toEqual([
    400,
    'UnknownOperationException',
    { __type: 'UnknownOperationException', message: 'The local runtime does not have the service Moon.' },
  ]);
  const path = await fetch(`${runtime.url}/moon`, { headers: { authorization } });
  expect([path.status, await path.json()]).toMatchObject([404, { __type: 'UnknownOperationException' }]);
});
