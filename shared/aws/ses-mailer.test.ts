import { afterEach, describe, expect, it } from 'vitest';
import { type StubAnswer, type StubEndpoint, stubEndpoint } from '../../test/support/stub-endpoint.ts';
import { SesMailer, sesClient } from './ses-mailer.ts';

let endpoint: StubEndpoint;
afterEach(() => endpoint.close());

const SENDER = { from: 'remit@remit.example', inboundDomain: 'in.example' };
const MAIL = { to: ['a@b.example'], bcc: ['c@d.example'], subject: 'Grüße', text: 'Hello', html: null };

async function send(answer: StubAnswer | 'lost') {
  endpoint = await stubEndpoint([answer]);
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = sesClient({ endpoint: endpoint.url, region: 'eu-west-1', credentials });
  const outcome = await new SesMailer(client, SENDER).send(MAIL).catch((error: unknown) => error);
  client.destroy();
  return outcome;
}

describe('a mail by SES', () => {
  it('goes out from the deployment’s address, as it is', async () => {
    expect(await send({ status: 200, body: '{"MessageId":"m-1"}' })).toBe('m-1');
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toMatchObject({
      FromEmailAddress: 'remit@remit.example',
      Destination: { ToAddresses: MAIL.to, BccAddresses: MAIL.bcc },
      Content: { Simple: { Subject: { Data: 'Grüße', Charset: 'UTF-8' }, Body: { Text: { Data: 'Hello' } } } },
    });
  });

  it.each<[string, StubAnswer | 'lost']>([
    ['the connection was lost', 'lost'],
    ['SES had a fault', { status: 500, body: '{}' }],
    ['SES could not be reached', { status: 503, body: '{}' }],
  ])('is called for once when %s, and nobody knows whether it went out', async (_what, answer) => {
    expect(await send(answer)).not.toMatchObject({ name: 'EffectError' });
    expect(endpoint.bodies).toHaveLength(1);
  });

  it.each([
    ['TooManyRequestsException', 429, true],
    ['LimitExceededException', 400, true],
    ['MessageRejected', 400, false],
    ['MailFromDomainNotVerifiedException', 400, false],
  ])('was certainly not sent on %s', async (name, status, isPassing) => {
    const outcome = await send({ status, headers: { 'x-amzn-errortype': name }, body: '{"message":"no"}' });
    expect(outcome).toMatchObject({ name: 'EffectError', isPassing });
    expect(endpoint.bodies).toHaveLength(1);
  });
});
