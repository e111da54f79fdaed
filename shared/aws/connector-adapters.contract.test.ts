import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootRuntime, type Runtime } from '../../local/boot.ts';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { stubEndpoint } from '../../test/support/stub-endpoint.ts';
import { connectorSecrets } from './connector-secrets.ts';
import { eventBridgeBus } from './event-bridge-bus.ts';

const home = mkdtempSync(join(tmpdir(), 'remit-adapters-'));
let runtime: Runtime;
beforeAll(async () => {
  runtime = await bootRuntime({ assembly: null, home, port: 0 });
}, 60_000);
afterAll(async () => {
  await runtime?.stop();
  rmSync(home, { recursive: true, force: true });
});

const credentials = { accessKeyId: 'me', secretAccessKey: 'me' };
const config = () => ({ endpoint: runtime.url, region: 'us-east-1', credentials });

describe('the secret of a connector', () => {
  it('is null until it holds something, and its values after a minute at most', async () => {
    const clock = new MemoryClock();
    const secrets = connectorSecrets({ prefix: 'remit/connector/', clock }, config());
    const client = new SecretsManagerClient(config());
    expect(await secrets.read('slack')).toBeNull();
    const empty = JSON.stringify({ unused: 'made up by the stack', botToken: '' });
    await client.send(new CreateSecretCommand({ Name: 'remit/connector/slack', SecretString: empty }));
    clock.advance(60_000);
    expect(await secrets.read('slack')).toBeNull();
    const set = new PutSecretValueCommand({ SecretId: 'remit/connector/slack', SecretString: '{"botToken":"xoxb-1"}' });
    await client.send(set);
    expect(await secrets.read('slack')).toBeNull();
    clock.advance(60_000);
    expect(await secrets.read('slack')).toEqual({ botToken: 'xoxb-1' });
  });

  it('that is no JSON of texts fails, so that no stand-in takes over silently', async () => {
    const secrets = connectorSecrets({ prefix: 'remit/connector/', clock: new MemoryClock() }, config());
    const client = new SecretsManagerClient(config());
    await client.send(new CreateSecretCommand({ Name: 'remit/connector/odd', SecretString: 'xoxb-1' }));
    await expect(secrets.read('odd')).rejects.toThrow('not valid JSON');
  });
});

describe('the bus', () => {
  it('takes an event, which reaches those who wait for it', async () => {
    const events = new EventBridgeClient(config());
    const queues = new SQSClient(config());
    await events.send(new CreateEventBusCommand({ Name: 'told' }));
    const arn = 'arn:aws:sqs:us-east-1:000000000000:heard';
    const allowed = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allowed, Resource: arn }] });
    const { QueueUrl = '' } = await queues.send(new CreateQueueCommand({ QueueName: 'heard', Attributes: { Policy } }));
    const pattern = JSON.stringify({ source: ['remit.agents'], detail: { lead: ['Hanna'] } });
    await events.send(new PutRuleCommand({ Name: 'all', EventBusName: 'told', EventPattern: pattern }));
    const target = { Id: 'queue', Arn: arn };
    await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'told', Targets: [target] }));
    const bus = eventBridgeBus('told', config());
    const id = await bus.put({ source: 'remit.agents', detailType: 'Lead told', detail: { lead: 'Hanna' } });
    const { Messages: messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([{ id, detail: { lead: 'Hanna' } }]);
  });

  it('that there is not takes nothing, certainly and for good', async () => {
    const put = eventBridgeBus('nowhere', config()).put({ source: 'remit.agents', detailType: 'x', detail: {} });
    await expect(put).rejects.toMatchObject({ name: 'EffectError', isPassing: false });
  });

  it.each([
    ['an event that is throttled', { status: 200, body: '{"Entries":[{"ErrorCode":"ThrottlingException"}]}' }, true],
    ['a call that is throttled', { status: 400, body: '{"__type":"ThrottlingException","message":"slow"}' }, true],
    ['a call that is not allowed', { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' }, false],
    ['an event that failed inside', { status: 200, body: '{"Entries":[{"ErrorCode":"InternalFailure"}]}' }, null],
    ['a fault of the service', { status: 500, body: '{"__type":"InternalException"}' }, null],
    ['a lost answer', 'lost', null],
  ] as const)('says of %s what is known', async (_what, answer, isPassing) => {
    const server = await stubEndpoint([answer]);
    try {
      const bus = eventBridgeBus('told', { endpoint: server.url, region: 'us-east-1', credentials });
      const error: unknown = await bus
        .put({ source: 'a', detailType: 'b', detail: {} })
        .catch((thrown: unknown) => thrown);
      const { name, isPassing: known = null } = error as { name: string; isPassing?: boolean };
      expect([name === 'EffectError', known]).toEqual([isPassing !== null, isPassing]);
      expect(server.bodies).toHaveLength(1);
    } finally {
      await server.close();
    }
  });
});
