import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../local/kernel/service.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import {
  addressOf,
  bucketOf,
  casesOf,
  dropFile,
  mailCases,
  plainMail,
  sampleMail,
  sendMail,
} from '../support/inbound.ts';
import { until } from '../support/patiently.ts';
import { dayFile, FINANCE, paymentCases } from '../support/payments.ts';
import { SUPPORT, sampleTicket } from '../support/tickets.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const reasonsOf = async (caseId: string): Promise<string[]> => {
  const found = await remit.waitFor(caseId, ({ state }) => state !== 'open');
  return found.verdict?.reasons.map(({ text }) => text) ?? [];
};

describe('a mail to support', () => {
  it('becomes a ticket, and is answered at once where an article answers it', async () => {
    await sendMail(remit.url, sampleMail());
    await until(async () => (await mailCases(remit)).some(({ state }) => state === 'closed'), 'a closed ticket');
    const [found] = await mailCases(remit);
    expect(found).toMatchObject({
      problems: [],
      eventId: expect.stringMatching(/^<5b1d0f6a\.90017@mail\.pinewood-yoga\.example>\/[0-9a-f]{32}$/),
      input: {
        ticketId: '<5b1d0f6a.90017@mail.pinewood-yoga.example>',
        ...{
          email: 'thora.lund@pinewood-yoga.example',
          name: 'Thora Lund',
          subject: 'Print the week',
          channel: 'mail',
        },
      },
    });
    const effects = await remit.effects(found?.caseId ?? '');
    expect(effects.map(({ connector }) => connector)).toEqual([
      'sandbox.help-desk-set-fields',
      'sandbox.help-desk-reply',
    ]);
    expect(effects[1]?.arguments).toMatchObject({ to: 'thora.lund@pinewood-yoga.example' });
  });

  it('is priced with the case: received, kept and read once', async () => {
    const [found] = await mailCases(remit);
    const meter = await fetch(`${remit.url}/_local/meter?caseId=${found?.caseId}`);
    const { lines } = (await meter.json()) as { lines: readonly { item: string; quantity: number }[] };
    const counted = Object.fromEntries(lines.map(({ item, quantity }) => [item, quantity]));
    expect(counted).toMatchObject({ 'mails-received': 1, 's3-writes': 1, 's3-reads': 1 });
  });

  it('that comes twice is one case', async () => {
    const mail = plainMail('Twyla', sampleTicket('tier-1', 'Twyla')['text'] ?? '');
    await sendMail(remit.url, mail);
    const [first] = await casesOf(remit, 'Twyla');
    await sendMail(remit.url, { ...mail, raw: `Received: by another way\n${mail.raw}` });
    await remit.runtime.whenIdle();
    expect((await casesOf(remit, 'Twyla')).map(({ caseId }) => caseId)).toEqual([first?.caseId]);
    expect((await remit.effects(first?.caseId ?? '')).length).toBe(2);
  });

  it('under a known id that says something else is a case of its own', async () => {
    await sendMail(remit.url, plainMail('Idris', 'How do I repeat a booking?', { 'Message-ID': '<same@x.example>' }));
    await sendMail(remit.url, plainMail('Idris', 'And how do I cancel it?', { 'Message-ID': '<same@x.example>' }));
    await until(async () => (await casesOf(remit, 'Idris')).length === 2, 'a second case of Idris');
  });

  it('that answers another is read without what it quotes', async () => {
    const reply =
      'The second one, please.\n\nOn Mon, 2 Mar 2026, Support <support@remit.example> wrote:\n> Which one?\n> A or B';
    await sendMail(
      remit.url,
      plainMail('Rhea', reply, { Subject: 'Re: Your question', 'In-Reply-To': '<asked@x.example>' }),
    );
    const [found] = await casesOf(remit, 'Rhea');
    expect(found?.input).toMatchObject({ text: 'The second one, please.', subject: 'Re: Your question' });
  });

  it('of HTML alone is read as text', async () => {
    const html =
      '<style>b{}</style><p>How do I <b>repeat</b> a booking?</p><p>Every &quot;Monday&quot;</p><script>x()</script>';
    await sendMail(remit.url, plainMail('Hester', html, { 'Content-Type': 'text/html; charset=utf-8' }));
    const [found] = await casesOf(remit, 'Hester');
    expect(found?.input['text']).toBe('How do I repeat a booking?\nEvery "Monday"');
  });

  it('of a machine starts nothing, and is counted', async () => {
    await sendMail(remit.url, plainMail('Otto', 'I am away until Monday.', { 'Auto-Submitted': 'auto-replied' }));
    await sendMail(remit.url, { ...plainMail('Bo', 'It could not be delivered.'), from: '' });
    await sendMail(remit.url, { ...plainMail('Agnes', 'x'), from: 'agents@remit.example' });
    await sendMail(remit.url, plainMail('Zora', 'How do I repeat a booking?'));
    // What was sent last is through, and so is what was sent before.
    await casesOf(remit, 'Zora');
    await remit.runtime.whenIdle();
    const text = JSON.stringify(await mailCases(remit));
    expect([addressOf('Otto'), addressOf('Bo'), addressOf('Agnes')].filter((one) => text.includes(one))).toEqual([]);
    expect(JSON.stringify(await (await fetch(`${remit.url}/_local/metrics`)).json())).toContain('MailsStopped');
  });

  it('with an attachment of 12 MB is read, and the attachment is told by name and digest', async () => {
    const content = Buffer.alloc(12 * 2 ** 20, 'remit')
      .toString('base64')
      .replaceAll(/.{76}/g, '$&\n');
    const parts = [
      '--b\nContent-Type: text/plain\n\nHow do I repeat a booking?\n',
      `--b\nContent-Type: image/png; name="screen.png"\nContent-Disposition: attachment; filename="screen.png"\nContent-Transfer-Encoding: base64\n\n${content}\n`,
    ];
    const mail = plainMail('Lars', `${parts.join('')}--b--`, { 'Content-Type': 'multipart/mixed; boundary=b' });
    // Doubtful, so that the case holds the mail as it is handed on.
    await sendMail(remit.url, { ...mail, verdicts: { spam: 'FAIL' } });
    const [found] = await casesOf(remit, 'Lars');
    expect(found?.input).toMatchObject({
      text: 'How do I repeat a booking?',
      attachments: [
        {
          name: 'screen.png',
          mimeType: 'image/png',
          sizeBytes: 12 * 2 ** 20,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      kept: { key: expect.stringMatching(/^mail\/support-triage\/inbound-mail\/[0-9a-f]+$/) },
    });
    expect(JSON.stringify(found?.input).length).toBeLessThan(2_000);
  });

  it('whose sender is forged goes to a person with the reason, and nothing is done', async () => {
    const text = sampleTicket('tier-1', 'Mallory')['text'] ?? '';
    await sendMail(remit.url, {
      ...plainMail('Mallory', text),
      verdicts: { spf: 'FAIL', dkim: 'FAIL', dmarc: 'FAIL' },
    });
    const [found] = await casesOf(remit, 'Mallory');
    expect(found?.state).toBe('waiting');
    expect(await reasonsOf(found?.caseId ?? '')).toEqual([expect.stringContaining('the sender is not proved')]);
    expect(await remit.effects(found?.caseId ?? '')).toEqual([]);
    const { decision, costUsd, requests, ledger } = await remit.waitFor(found?.caseId ?? '', () => true);
    expect([decision, costUsd, requests.map(({ kind }) => kind)]).toEqual([null, 0, ['decide-case']]);
    expect(ledger?.map(({ event }) => event.type)).not.toContain('turn-finished');
  });

  it('that carries a virus goes to a person without what it holds', async () => {
    await sendMail(remit.url, { ...plainMail('Vera', 'open the attachment'), verdicts: { virus: 'FAIL' } });
    const [found] = await casesOf(remit, 'Vera');
    expect(found?.input).toMatchObject({ subject: 'A question of Vera', text: '', attachments: [] });
    expect(await reasonsOf(found?.caseId ?? '')).toEqual([expect.stringContaining('carries a virus')]);
  });

  it('to an address that nobody has is refused, as SES does', async () => {
    const query = new URLSearchParams({ from: 'a@b.example', to: 'nobody@remit.example' });
    const response = await fetch(`${remit.url}/_local/mail/inbound?${query}`, {
      ...{ method: 'POST', headers: { 'content-type': 'message/rfc822' }, body: 'From: a@b.example\r\n\r\nx' },
    });
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('nobody@remit.example')]);
  });

  it('can be written on the page of mails', async () => {
    const page = await (await fetch(`${remit.url}/_local/mail/`)).text();
    expect(page).toContain('action="/_local/mail/inbound"');
    const form = {
      from: addressOf('Fern'),
      to: 'support@remit.example',
      subject: 'Grüße',
      text: 'Hello,\nwho are you?',
    };
    const response = await fetch(`${remit.url}/_local/mail/inbound`, {
      ...{ method: 'POST', body: new URLSearchParams(form), redirect: 'manual' },
    });
    expect(response.status).toBe(303);
    const [found] = await casesOf(remit, 'Fern');
    expect(found?.input).toMatchObject({ subject: 'Grüße', text: 'Hello,\nwho are you?' });
  });
});

describe('a file in the bucket', () => {
  const LINES = 40;
  const batches = async (): Promise<number> =>
    (await remit.mails(FINANCE)).filter(({ subject }) => / lines?: /.test(subject)).length;

  it('becomes a case for each of its lines, and is summed up once, however often it is dropped', async () => {
    await dropFile(remit, 'expense-categorisation/2026-03-02.csv', dayFile());
    await dropFile(remit, 'expense-categorisation/2026-03-02.csv', dayFile());
    await until(async () => {
      const found = await paymentCases(remit.url);
      return found.length === LINES && found.every(({ state }) => state !== 'open');
    }, 'a case of each line');
    await remit.advance(301);
    await until(async () => (await batches()) > 0, 'the summary of the file');
    await remit.advance(3_600);
    expect([(await paymentCases(remit.url)).length, await batches()]).toEqual([LINES, 1]);
  });

  it('of another day under the same name is a file of its own', async () => {
    const [heading = '', ...lines] = dayFile().split('\n');
    const other = (lines[0] ?? '').replace(/^[^,]+/, 'D-9001');
    await dropFile(remit, 'expense-categorisation/2026-03-02.csv', `${heading}\n${other}\n`);
    await until(async () => (await paymentCases(remit.url)).length === LINES + 1, 'one case more');
  });

  it('that is too large is a case for a person, who learns its name', async () => {
    await dropFile(remit, 'expense-categorisation/year.csv', `id,amount\n${'1,2\n'.repeat(100_001)}`);
    const tooLarge = ({ problems }: { problems: readonly string[] }) =>
      /at most 100000 are taken/.test(problems.join());
    await until(async () => (await paymentCases(remit.url)).some(tooLarge), 'a case of the file');
    const found = (await paymentCases(remit.url)).find(tooLarge);
    expect(found).toMatchObject({ trigger: 'dropped-file', input: { file: 'expense-categorisation/year.csv' } });
  });

  it('of another kind starts nothing', async () => {
    const before = (await paymentCases(remit.url)).length;
    await dropFile(remit, 'expense-categorisation/notes.txt', 'not a table');
    await dropFile(remit, 'elsewhere/2026-03-02.csv', dayFile());
    await remit.runtime.whenIdle();
    expect((await paymentCases(remit.url)).length).toBe(before);
  });
});

describe('the buckets', () => {
  const as = (holder: string): Caller => {
    const role = remit.runtime.resources.find(
      ({ type, logicalId }) => type === 'AWS::IAM::Role' && logicalId.includes(holder),
    );
    return { kind: 'role', roleArn: role?.attributes['Arn'] ?? '', sessionName: 'x', traceId: null };
  };
  const asService = (service: string, sourceArn: string): Caller => ({
    kind: 'service',
    service,
    sourceArn,
    traceId: null,
  });
  const RULE =
    'arn:aws:ses:us-east-1:000000000000:receipt-rule-set/remit-inbound:receipt-rule/support-triage-inbound-mail';
  const OTHER_RULE =
    'arn:aws:ses:us-east-1:000000000000:receipt-rule-set/other:receipt-rule/support-triage-inbound-mail';
  const rows: readonly [
    who: string,
    caller: () => Caller,
    operation: string,
    part: string,
    key: string,
    denied: boolean,
  ][] = [
    // First: of a key that is not there, who may not list is told nothing.
    ['SES puts mails', () => asService('ses.amazonaws.com', RULE), 'PutObject', 'InboundMail', 'mail/a', false],
    ['the reader of mails reads mails', () => as('ReceiveMail'), 'GetObject', 'InboundMail', 'mail/a', false],
    ['the reader of mails writes none', () => as('ReceiveMail'), 'PutObject', 'InboundMail', 'mail/a', true],
    ['the reader of mails reads nothing else', () => as('ReceiveMail'), 'GetObject', 'BroughtFiles', 'a', true],
    ['the reader of files reads no mails', () => as('ReceiveFile'), 'GetObject', 'InboundMail', 'mail/a', true],
    ['an agent reads no mails', () => as('RunTurn'), 'GetObject', 'InboundMail', 'mail/a', true],
    ['SES puts nothing elsewhere', () => asService('ses.amazonaws.com', RULE), 'PutObject', 'InboundMail', 'a', true],
    [
      'SES puts none by other rules',
      () => asService('ses.amazonaws.com', OTHER_RULE),
      'PutObject',
      'InboundMail',
      'mail/a',
      true,
    ],
    ['SES reads no mails', () => asService('ses.amazonaws.com', RULE), 'GetObject', 'InboundMail', 'mail/a', true],
  ];
  it.each(rows)('%s', async (_who, caller, operation, part, Key, denied) => {
    const input = { Bucket: bucketOf(remit, part), Key };
    const told = await remit.runtime.dispatch({ service: 's3', operation, input, caller: caller() }).then(
      () => 'done',
      ({ name }: Error) => name,
    );
    expect(told === 'AccessDeniedException').toBe(denied);
  });
});

it('a webhook in the form of a mail is still a mail', async () => {
  const { status } = await remit.trigger(SUPPORT, sampleTicket('inbound-mail', 'Wanda'));
  expect(status).toBe(202);
});
