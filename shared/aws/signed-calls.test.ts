import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallerRegistry } from '../../local/endpoint/index.ts';
import { SignedCalls } from './signed-calls.ts';
import { SignedMailer } from './signed-mailer.ts';
import { keyFromSecret } from './signed-secret.ts';
import { systemClock } from './system.ts';

interface Asked {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** By the signature. */
  readonly who: string;
}

const registry = new CallerRegistry();
const credentials = registry.issue(() => ({ kind: 'role', roleArn: 'r', sessionName: 's', traceId: null }));
let asked: Asked[] = [];
let answer: { status: number; body: string; headers?: Record<string, string> } | 'lost';
let server: Server;
let calls: SignedCalls;

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: '{}' };
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url = '', headers } = request;
    asked.push({ url, headers, body: body.toString(), who: registry.callerOf({ method, url, headers, body }).kind });
    if (answer === 'lost') request.socket.destroy();
    else response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  calls = new SignedCalls({ credentials: async () => credentials, region: 'eu-west-1', endpoint, clock: systemClock });
});
afterEach(() => void server.close());

const MAIL = { to: ['a@b.example'], bcc: ['c@d.example'], subject: 'Grüße', text: 'Hello', html: null };
const mailer = () => new SignedMailer(calls, { from: 'agents@remit.example', inboundDomain: null });

describe('a signed call', () => {
  it('names its operation, and its signature holds for that too', async () => {
    await calls.send({ service: 'dynamodb', target: { name: 'DynamoDB_20120810.GetItem', version: '1.0' }, body: {} });
    expect(asked).toMatchObject([
      {
        ...{ url: '/', body: '{}', who: 'role' },
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      },
    ]);
    expect(asked[0]?.headers.authorization).toMatch(/SignedHeaders=content-type;host;x-amz-date;[^,]*x-amz-target,/);
  });

  it.each([
    [
      'by a header',
      { status: 400, body: '{}', headers: { 'x-amzn-errortype': 'NotFoundException:http://x' } },
      'NotFoundException',
    ],
    ['in the body', { status: 400, body: '{"__type":"com.amazonaws#AccessDeniedException"}' }, 'AccessDeniedException'],
    ['not at all', { status: 503, body: 'Busy' }, 'UnknownError'],
  ])('that is refused says why %s, and is not made again', async (_where, refusal, name) => {
    answer = refusal;
    await expect(calls.send({ service: 'ses', body: {} })).rejects.toMatchObject({ name, status: refusal.status });
    expect(asked).toHaveLength(1);
  });
});

describe('a signed call that is refused', () => {
  it.each([
    ['in the words of AWS', '{"message":"User is not authorized"}', 'User is not authorized'],
    ['however their member is spelled', '{"__type":"x","Message":"Rate exceeded"}', 'Rate exceeded'],
    ['by its status where there are none', '{"message":{}}', 'ses answered 403'],
    ['by its status where it is no JSON', '<html>', 'ses answered 403'],
  ])('says so %s', async (_how, body, message) => {
    answer = { status: 403, body };
    await expect(calls.send({ service: 'ses', body: {} })).rejects.toMatchObject({ message });
  });
});

describe('a mail by a signed call', () => {
  it('goes out as SES takes it', async () => {
    answer = { status: 200, body: '{"MessageId":"m-1"}' };
    expect(await mailer().send(MAIL)).toBe('m-1');
    expect(asked).toMatchObject([{ url: '/v2/email/outbound-emails', who: 'role' }]);
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
      FromEmailAddress: 'agents@remit.example',
      Destination: { ToAddresses: MAIL.to, BccAddresses: MAIL.bcc },
      Content: { Simple: { Subject: { Data: 'Grüße', Charset: 'UTF-8' }, Body: { Text: { Data: 'Hello' } } } },
    });
  });

  it.each([
    ['TooManyRequestsException', 429, true],
    ['LimitExceededException', 400, true],
    ['ThrottlingException', 400, true],
    ['MessageRejected', 400, false],
    ['MailFromDomainNotVerifiedException', 400, false],
  ])('was certainly not sent on %s', async (name, status, isPassing) => {
    answer = { status, headers: { 'x-amzn-errortype': name }, body: '{"message":"no"}' };
    await expect(mailer().send(MAIL)).rejects.toMatchObject({ name: 'EffectError', isPassing });
    expect(asked).toHaveLength(1);
  });

  it.each([[{ status: 500, body: '{}' }], [{ status: 503, body: '{}' }], ['lost' as const]])(
    'may have been sent on %j',
    async (given) => {
      answer = given;
      await expect(mailer().send(MAIL)).rejects.not.toMatchObject({ name: 'EffectError' });
      expect(asked).toHaveLength(1);
    },
  );
});

describe('a key from a secret', () => {
  const secret = (SecretString: string) => ({ status: 200, body: JSON.stringify({ SecretString }) });

  it('is made for one purpose, and read once', async () => {
    answer = secret('s'.repeat(64));
    const key = keyFromSecret(calls, 'name', 'tags');
    const [first, second] = [await key(), await key()];
    expect([first, asked.length]).toEqual([second, 1]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await keyFromSecret(calls, 'name', 'other')()).not.toBe(first);
    expect(asked[0]?.headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
  });

  it('is none of a secret that holds nothing, and is asked for again after a failure', async () => {
    answer = secret('');
    const key = keyFromSecret(calls, 'name', 'tags');
    await expect(key()).rejects.toThrow('Too small');
    answer = secret('s'.repeat(64));
    expect(await key()).toMatch(/^[0-9a-f]{64}$/);
  });
});
