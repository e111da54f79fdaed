import { describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSes } from './index.ts';

describe('sending', () => {
  it('catches a mail with all that it says and the links in it', async () => {
    const { ses, call } = open();

    const { MessageId } = await call('SendEmail', {
      FromEmailAddress: 'Remit <remit@mail.example.com>',
      Destination: { ToAddresses: ['Ada <ada@customer.example>'], BccAddresses: ['log@customer.example'] },
      Content: {
        Simple: {
          Subject: { Data: 'Please approve' },
          Body: {
            Text: { Data: 'See https://remit.example/r/1?code=a&x=1.' },
            Html: { Data: '<a href="https://remit.example/r/1?code=a&amp;x=1">Open</a> (https://remit.example/help)' },
          },
        },
      },
    });

    expect(ses.caughtMails({ to: 'ADA@customer.example' })).toMatchObject([
      {
        id: MessageId,
        from: 'Remit <remit@mail.example.com>',
        to: ['Ada <ada@customer.example>'],
        bcc: ['log@customer.example'],
        subject: 'Please approve',
        links: ['https://remit.example/r/1?code=a&x=1', 'https://remit.example/help'],
        traceId: 'case-1',
      },
    ]);
  });

  it('reads a raw mail with attachment', async () => {
    const { ses, call } = open();
    await call('SendEmail', { Content: { Raw: { Data: Buffer.from(RAW).toString('base64') } } });

    expect(ses.caughtMails()).toMatchObject([
      {
        from: 'Remit <remit@example.com>',
        to: ['"Ada L" <ada@customer.example>'],
        subject: 'Grüße',
        text: 'Hello Ada\n',
        attachments: [{ name: 'a.txt', mimeType: 'text/plain', sizeBytes: 3 }],
        headers: { 'X-Case': '7' },
      },
    ]);
  });

  it('lists newest first and no more than asked', async () => {
    const { ses, call } = open();
    for (const subject of ['one', 'two', 'three']) await call('SendEmail', mail({ subject }));

    expect(ses.caughtMails({ limit: 2 }).map((caught) => caught.subject)).toEqual(['three', 'two']);
  });

  const refused: [string, JsonObject, string][] = [
    ['a sender that is not verified', mail({ from: 'x@other.example' }), 'MessageRejected'],
    ['a sender of a look-alike domain', mail({ from: 'x@notexample.com' }), 'MessageRejected'],
    ['a recipient without a domain', mail({ to: 'ada' }), 'BadRequestException'],
    ['a recipient with two dots', mail({ to: 'ada@customer..example' }), 'BadRequestException'],
    ['a recipient with an accent before the @', mail({ to: 'adä@customer.example' }), 'BadRequestException'],
    ['two recipients in one', mail({ to: 'a@b.example, c@d.example' }), 'BadRequestException'],
    ['a subject with a line break', mail({ subject: 'a\r\nBcc: x@y.example' }), 'BadRequestException'],
    ['no recipients', { ...mail({}), Destination: {} }, 'BadRequestException'],
    ['a template', { ...mail({}), Content: { Template: { TemplateName: 't' } } }, 'UnsupportedOperationException'],
    ['a configuration set that is not there', { ...mail({}), ConfigurationSetName: 'c' }, 'NotFoundException'],
  ];
  it.each(refused)('refuses %s', async (_reason, input, code) => {
    const { ses, call } = open();
    await expect(call('SendEmail', input)).rejects.toMatchObject({ name: code });
    expect(ses.caughtMails()).toEqual([]);
  });

  it('catches notices of AWS itself, whoever they are from', async () => {
    const { ses } = open();
    const notice = {
      from: 'no-reply@sns.amazonaws.com',
      to: 'owner@example.com',
      subject: 'ALARM',
      text: 'It went off.',
    };
    await ses.catchNotice({ ...notice, traceId: null });
    expect(ses.caughtMails({ to: 'owner@example.com' })).toMatchObject([{ ...notice, to: ['owner@example.com'] }]);
  });

  it('asks IAM for the identity that covers the sender', () => {
    const { ses } = open();
    const permission = (from: string) => ses.operations['SendEmail']?.permissions(mail({ from }))[0]?.resource;

    expect(permission('x@deep.mail.example.com')).toBe('arn:aws:ses:eu-west-1:000000000000:identity/example.com');
    expect(permission('one@single.example')).toBe('arn:aws:ses:eu-west-1:000000000000:identity/one@single.example');
    expect(permission('x@other.example')).toBe('arn:aws:ses:eu-west-1:000000000000:identity/other.example');
  });
});

describe('suppression and the mailbox simulator', () => {
  it('accepts mail to a suppressed address and does not deliver it', async () => {
    const { ses, call } = open();
    await call('PutSuppressedDestination', { EmailAddress: 'Ada@customer.example', Reason: 'BOUNCE' });

    await call('SendEmail', mail({}));

    expect(ses.caughtMails()).toEqual([]);
    expect(ses.mailEvents()).toMatchObject([{ address: 'ada@customer.example', outcome: 'suppressed' }]);
  });

  it('delivers again once the address is taken off the list', async () => {
    const { ses, call } = open();
    await call('PutSuppressedDestination', { EmailAddress: 'ada@customer.example', Reason: 'COMPLAINT' });
    await call('DeleteSuppressedDestination', { EmailAddress: 'ada@customer.example' });

    await call('SendEmail', mail({}));

    expect(ses.caughtMails()).toHaveLength(1);
    await expect(call('GetSuppressedDestination', { EmailAddress: 'ada@customer.example' })).rejects.toMatchObject({
      name: 'NotFoundException',
      status: 404,
    });
  });

  it('lists the suppressed addresses page by page', async () => {
    const { call } = open();
    for (const name of ['a', 'b', 'c'])
      await call('PutSuppressedDestination', { EmailAddress: `${name}@x.example`, Reason: 'BOUNCE' });

    const first = await call('ListSuppressedDestinations', { Reason: 'BOUNCE', PageSize: '2' });
    const second = await call('ListSuppressedDestinations', { PageSize: '2', NextToken: first['NextToken'] ?? '' });

    expect(first['SuppressedDestinationSummaries']).toMatchObject([
      { EmailAddress: 'a@x.example' },
      { EmailAddress: 'b@x.example' },
    ]);
    expect(second).toEqual({
      SuppressedDestinationSummaries: [expect.objectContaining({ EmailAddress: 'c@x.example' })],
    });
    expect(await call('ListSuppressedDestinations', { Reason: 'COMPLAINT' })).toEqual({
      SuppressedDestinationSummaries: [],
    });
  });

  it.each([
    ['success@simulator.amazonses.com', 'delivered', 1],
    ['bounce+7@simulator.amazonses.com', 'bounced', 0],
    ['complaint@simulator.amazonses.com', 'complained', 1],
    ['suppressionlist@simulator.amazonses.com', 'suppressed', 0],
  ])('treats %s as %s', async (to, outcome, caught) => {
    const { ses, call } = open();
    await call('SendEmail', mail({ to }));
    expect(ses.mailEvents()).toMatchObject([{ address: to, outcome }]);
    expect(ses.caughtMails()).toHaveLength(caught);
  });
});

function mail(parts: { from?: string; to?: string; subject?: string }): JsonObject {
  return {
    FromEmailAddress: parts.from ?? 'remit@example.com',
    Destination: { ToAddresses: [parts.to ?? 'ada@customer.example'] },
    Content: { Simple: { Subject: { Data: parts.subject ?? 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
  };
}

const RAW = [
  'From: Remit <remit@example.com>',
  'To: "Ada L" <ada@customer.example>',
  'Subject: =?utf-8?B?R3LDvMOfZQ==?=',
  'X-Case: 7',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Hello Ada',
  '--b',
  'Content-Type: text/plain; name=a.txt',
  'Content-Disposition: attachment; filename=a.txt',
  'Content-Transfer-Encoding: base64',
  '',
  'YWJj',
  '--b--',
  '',
].join('\r\n');

function open() {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const dispatch = () => Promise.reject(new Error('Nothing here calls another service'));
  const ses = createSes({ store, clock, activity, place, dispatch });
  ses.ensureIdentity('example.com');
  ses.ensureIdentity('one@single.example');
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = ses.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: 'case-1' });
  };
  return { ses, call };
}
