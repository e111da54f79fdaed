import { describe, expect, it } from 'vitest';
import { Activity } from '../../kernel/activity.ts';
import { MovableClock } from '../../kernel/clock.ts';
import type { AwsCall, JsonObject } from '../../kernel/service.ts';
import { Store } from '../../kernel/store.ts';
import { ReceiptRules } from './receipt-rules.ts';
import { type IncomingMail, receiveMail } from './receive.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const S3 = { S3Action: { BucketName: 'mails', ObjectKeyPrefix: 'in/' } };
const LAMBDA = { LambdaAction: { FunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:read:live' } };

function open(rules: Readonly<Record<string, JsonObject>>) {
  const store = new Store(':memory:');
  const activity = new Activity();
  const calls: AwsCall[] = [];
  const table = new ReceiptRules(PLACE);
  for (const [name, Rule] of Object.entries(rules)) table.ensure(name, { RuleSetName: 'set', Rule });
  const dispatch = async (call: AwsCall): Promise<JsonObject> => {
    calls.push(call);
    return {};
  };
  const parts = { clock: new MovableClock(store, activity), activity, dispatch, rules: table };
  const receive = (change: Partial<IncomingMail> = {}): Promise<{ messageId: string }> =>
    receiveMail(parts, {
      ...{ from: 'ada@shop.example', to: ['desk@shop.example'], traceId: 'trace' },
      raw: Buffer.from('From: ada@shop.example\r\nSubject: Hello\r\nMessage-ID: <m@x>\r\n\r\nText'),
      verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'FAIL', spam: 'PASS', virus: 'PASS' },
      ...change,
    });
  const payload = (at: number): JsonObject => {
    const { Records } = JSON.parse(String(calls[at]?.input['Payload'])) as { Records: { ses: JsonObject }[] };
    return Records[0]?.ses ?? {};
  };
  return { table, receive, calls, payload };
}

const rule = (Recipients: readonly string[], more: JsonObject = {}): JsonObject => ({
  ...{ Enabled: true, ScanEnabled: true, Recipients, Actions: [S3, LAMBDA] },
  ...more,
});

describe('a rule', () => {
  it('keeps the mail, and then tells the function of envelope, headers and verdicts', async () => {
    const { receive, calls, payload } = open({ desk: rule(['desk@shop.example']) });
    const { messageId } = await receive();
    expect(calls.map(({ service, operation, caller }) => [service, operation, caller])).toEqual(
      [['s3', 'PutObject'] as const, ['lambda', 'Invoke'] as const].map((call) => [
        ...call,
        {
          ...{ kind: 'service', service: 'ses.amazonaws.com', traceId: 'trace' },
          sourceArn: 'arn:aws:ses:eu-west-1:000000000000:receipt-rule-set/set:receipt-rule/desk',
        },
      ]),
    );
    expect(calls[0]?.input).toMatchObject({ Bucket: 'mails', Key: `in/${messageId}` });
    expect(Buffer.from(String(calls[0]?.input['Body']), 'base64').toString()).toContain('Subject: Hello');
    expect(payload(1)).toMatchObject({
      mail: {
        messageId,
        source: 'ada@shop.example',
        destination: ['desk@shop.example'],
        commonHeaders: { subject: 'Hello' },
      },
      receipt: {
        ...{ recipients: ['desk@shop.example'], spfVerdict: { status: 'PASS' }, dmarcVerdict: { status: 'FAIL' } },
        ...{ dmarcPolicy: 'none', action: { type: 'Lambda', invocationType: 'Event' } },
      },
    });
  });

  it.each([
    ['its own address, in whatever letters', ['desk@shop.example'], 'Desk@Shop.example', true],
    ['its own address with a label', ['desk@shop.example'], 'desk+a+b@shop.example', true],
    ['no other address with its name for a label', ['desk@shop.example'], 'x+desk@shop.example', false],
    ['no address without the label that it names', ['desk+a@shop.example'], 'desk@shop.example', false],
    ['no address with another label than it names', ['desk+a@shop.example'], 'desk+b@shop.example', false],
    ['any address of its domain', ['shop.example'], 'desk@shop.example', true],
    ['no address below its domain', ['shop.example'], 'desk@eu.shop.example', false],
    ['any address below, where it says so', ['.shop.example'], 'desk@eu.shop.example', true],
    ['no domain that only ends alike', ['shop.example'], 'desk@myshop.example', false],
    ['any address where it names none', [], 'who@ever.example', true],
  ])('takes %s', async (_what, recipients, to, takes) => {
    const { receive, calls } = open({ desk: rule(recipients) });
    const received = await receive({ to: [to] }).catch(({ name }: Error) => name);
    expect([calls.length > 0, received === 'MessageRejected']).toEqual([takes, !takes]);
  });

  it('gets only those recipients that are its own, and each rule its part', async () => {
    const { receive, payload } = open({ desk: rule(['desk@shop.example']), bills: rule(['bills@shop.example']) });
    await receive({ to: ['bills@shop.example', 'desk@shop.example', 'x@other.example'] });
    expect([payload(1), payload(3)].map(({ receipt }) => (receipt as JsonObject)['recipients'])).toEqual([
      ['desk@shop.example'],
      ['bills@shop.example'],
    ]);
  });

  it('that is not enabled takes nothing', async () => {
    const { receive } = open({ desk: rule(['desk@shop.example'], { Enabled: false }) });
    await expect(receive()).rejects.toMatchObject({ name: 'MessageRejected' });
  });

  it('that does something else is refused as it is made, by name', () => {
    const other = rule([], { Actions: [{ BounceAction: {} }] });
    expect(() => open({ desk: other })).toThrow(/Actions/);
    expect(() => open({ desk: rule([], { Actions: [{ S3Action: { BucketName: 'b', KmsKeyArn: 'k' } }] }) })).toThrow(
      /Actions/,
    );
  });
});

it('a mail that is larger than SES takes is refused', async () => {
  const { receive } = open({ desk: rule([]) });
  await expect(receive({ raw: Buffer.alloc(41 * 2 ** 20) })).rejects.toMatchObject({ status: 413 });
});

it('addresses are told for people to choose from, and domains are none', () => {
  expect(open({ a: rule(['desk@shop.example', 'shop.example']) }).table.addresses()).toEqual(['desk@shop.example']);
});
