import { describe, expect, it } from 'vitest';
import { automaticReason } from './automatic-mail.ts';
import { inboundMailOf, mailEventId } from './inbound-mail.ts';
import { isContagious, mailDoubts } from './mail-doubts.ts';
import { parseMail } from './parsed-mail.ts';
import { splitQuoted } from './quoted-text.ts';
import { mailWith, receiptWith } from './testing/mails.ts';

describe('a mail that nobody wrote', () => {
  const ours = new Set(['agents@remit.example', 'support@remit.example']);
  const rows: readonly [what: string, headers: Record<string, string>, envelopeFrom: string, reason: string | null][] =
    [
      ['a person writes', {}, 'ada@shop.example', null],
      ['says that it is no answer of a machine', { 'Auto-Submitted': 'no' }, 'ada@shop.example', null],
      ['an absence note', { 'Auto-Submitted': 'auto-replied' }, 'ada@shop.example', 'auto-submitted'],
      [
        'a note of a program, with a comment',
        { 'Auto-Submitted': 'auto-generated; type=x' },
        'a@b.example',
        'auto-submitted',
      ],
      ['a mailing', { Precedence: 'bulk' }, 'news@shop.example', 'precedence'],
      ['a list', { Precedence: 'List' }, 'list@shop.example', 'precedence'],
      ['an old absence note', { 'X-Autoreply': 'yes' }, 'ada@shop.example', 'auto-reply'],
      [
        'a report on delivery',
        { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' },
        'x@y.example',
        'report',
      ],
      ['a bounce', {}, '', 'bounce'],
      ['a bounce by its sender', { From: 'MAILER-DAEMON@mx.shop.example' }, 'x@y.example', 'bounce'],
      ['a mail of our own', { From: 'Agents <Agents@remit.example>' }, 'bounces@amazonses.example', 'own-mail'],
      ['what we sent, come back', {}, 'support@remit.example', 'own-mail'],
    ];
  it.each(rows)('%s', async (_what, headers, envelopeFrom, reason) => {
    expect(automaticReason(await mailWith(headers), { envelopeFrom, ours })).toBe(reason);
  });
});

describe('a sender', () => {
  const signed = (domain: string) => ({ 'DKIM-Signature': `v=1; a=rsa-sha256; d=${domain}; s=k; b=x` });
  const rows: readonly [
    what: string,
    Parameters<typeof receiptWith>[0],
    Record<string, string>,
    doubt: string | null,
  ][] = [
    ['is proved by DMARC', {}, {}, null],
    ['is not proved where DMARC fails, whatever else passes', { dmarc: 'FAIL' }, signed('shop.example'), '(DMARC)'],
    ['is not proved where the check broke off', { dmarc: 'PROCESSING_FAILED' }, {}, 'broke off'],
    ['without DMARC is proved by SPF of its domain', { dmarc: 'GRAY', dkim: 'GRAY' }, {}, null],
    ['without DMARC is proved by SPF of a domain below', { dmarc: 'GRAY', source: 'b@bounces.shop.example' }, {}, null],
    ['is not proved by SPF of another domain', { dmarc: 'GRAY', source: 'x@evil.example' }, {}, 'neither SPF nor DKIM'],
    [
      'is not proved by SPF of a domain that only ends alike',
      { dmarc: 'GRAY', source: 'x@evilshop.example' },
      {},
      'neither',
    ],
    ['is not proved by a whole top level', { dmarc: 'GRAY', source: 'x@example' }, {}, 'neither SPF nor DKIM'],
    [
      'without DMARC is proved by a signature of its domain',
      { dmarc: 'GRAY', spf: 'FAIL' },
      signed('Shop.example'),
      null,
    ],
    ['is not proved by a signature of another', { dmarc: 'GRAY', spf: 'FAIL' }, signed('evil.example'), 'neither'],
    ['is not proved by no signature', { dmarc: 'GRAY', spf: 'FAIL' }, {}, 'neither SPF nor DKIM'],
    ['that is not named is not proved', {}, { From: 'undisclosed' }, 'names no sender'],
  ];
  it.each(rows)('%s', async (_what, verdicts, headers, doubt) => {
    const doubts = mailDoubts(receiptWith(verdicts), await mailWith(headers));
    expect(doubts).toEqual(doubt === null ? [] : [expect.stringContaining(doubt)]);
  });

  it.each([
    ['beside another', 'ada@shop.example, mal@evil.example'],
    ['before another in brackets', '<ada@shop.example> <mal@evil.example>'],
    ['in brackets behind another', 'mal@evil.example <ada@shop.example>'],
    ['in a group', 'Team: ada@shop.example, mal@evil.example;'],
    ['before a semicolon', 'ada@shop.example; mal@evil.example'],
    ['before a mark that is not closed', 'ada@shop.example " mal@evil.example'],
  ])('that stands %s is not proved, whichever of the two was checked', async (_where, From) => {
    const mail = await mailWith({ From });
    expect(mailDoubts(receiptWith({ dmarc: 'PASS' }), mail)).toEqual([expect.stringContaining('two senders')]);
  });

  it.each([
    ['its own address for a name', 'Ada@shop.example <ada@shop.example>'],
    ['another address in quotation marks for a name', '"mal@evil.example" <ada@shop.example>'],
    ['a remark', 'ada@shop.example (Ada, not mal@evil.example)'],
    ['a name in other letters', '=?utf-8?q?Ada=2C_mal=40evil.example?= <ada@shop.example>'],
  ])('with %s is one', async (_what, From) => {
    expect(mailDoubts(receiptWith(), await mailWith({ From }))).toEqual([]);
  });

  it('of two is neither', async () => {
    const raw = 'From: ada@shop.example\r\nFrom: mal@evil.example\r\nSubject: x\r\n\r\nx';
    const doubts = mailDoubts(receiptWith(), await parseMail(new TextEncoder().encode(raw)));
    expect(doubts).toEqual(['the mail names two senders, so neither is proved']);
  });
});

describe('what a mail holds', () => {
  it.each([
    ['spam', { spam: 'FAIL' }, ['the mail looks like spam'], false],
    ['a virus', { virus: 'FAIL' }, ['the mail carries a virus'], true],
    ['nobody knows what', { virus: 'PROCESSING_FAILED' }, ['the mail could not be looked at for viruses'], true],
  ] as const)('is told of: %s', async (_what, verdicts, doubts, contagious) => {
    const receipt = receiptWith(verdicts);
    expect([mailDoubts(receipt, await mailWith({})), isContagious(receipt)]).toEqual([doubts, contagious]);
  });
});

describe('a reply', () => {
  it.each([
    [
      'below an introduction',
      'Yes.\n\nOn Mon, Ada wrote:\n> Will you?\n> Tell me.',
      'Yes.',
      'On Mon, Ada wrote:\n> Will you?\n> Tell me.',
    ],
    [
      'below an introduction of two lines',
      'Yes.\n\nOn Mon, 2 Mar 2026 at 10:00, Support\n<s@r.example> wrote:\n> Will you?',
      'Yes.',
      'On Mon, 2 Mar 2026 at 10:00, Support\n<s@r.example> wrote:\n> Will you?',
    ],
    ['in German', 'Ja.\n\nAm 2. März schrieb Ada:\n> Kommst du?', 'Ja.', 'Am 2. März schrieb Ada:\n> Kommst du?'],
    [
      'as Outlook has it',
      'Yes.\n\nFrom: Ada\nSent: Monday\nTo: x\n\nWill you?',
      'Yes.',
      'From: Ada\nSent: Monday\nTo: x\n\nWill you?',
    ],
    ['below a line', 'Yes.\n-----Original Message-----\nWill you?', 'Yes.', '-----Original Message-----\nWill you?'],
    ['without an introduction', 'Yes.\n> Will you?\n', 'Yes.', '> Will you?'],
  ])('is read without what it quotes %s', (_where, text, written, quoted) => {
    expect(splitQuoted(text)).toEqual({ text: written, quoted });
  });

  it.each([
    ['that quotes nothing', 'On Monday it worked.\nNow it does not:\nsee above'],
    ['between quotes', '> Will you?\nYes.\n> And he?\nNo.'],
    ['of quotes alone', '> Will you?'],
  ])('%s stays as it is', (_what, text) => {
    expect(splitQuoted(text)).toEqual({ text, quoted: '' });
  });
});

describe('a mail that goes on', () => {
  const place = { to: 'support@remit.example', kept: { bucket: 'b', key: 'k' }, sha256: 'f'.repeat(64) };

  it('is named by its Message-ID, and without one by its bytes', async () => {
    expect(inboundMailOf(await mailWith({}), place, false).id).toBe('<m1@shop.example>');
    expect(inboundMailOf(await mailWith({ 'Message-ID': '' }), place, false).id).toBe(`bytes/${place.sha256}`);
  });

  it('is the same event by any way, and another with other words or another proof', async () => {
    const named = async (headers: Record<string, string>, body: string, isDoubtful = false) =>
      mailEventId(inboundMailOf(await mailWith(headers, body), place, false), isDoubtful);
    const first = await named({}, 'Hello');
    expect(await named({ Received: 'by another way' }, 'Hello')).toBe(first);
    expect(await named({}, 'Something else')).not.toBe(first);
    expect(await named({}, 'Hello', true)).not.toBe(first);
  });

  it('fits the queue, however much was written and in whatever signs', async () => {
    for (const text of [
      '\n"'.repeat(200_000),
      'é'.repeat(300_000),
      '\u{1f600}'.repeat(200_000),
      '\u0001x'.repeat(200_000),
    ]) {
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', Subject: 'x'.repeat(5_000) };
      const mail = inboundMailOf(await mailWith(headers, text), place, false);
      expect(mail.wasCut).toBe(true);
      expect(Buffer.byteLength(JSON.stringify(mail))).toBeLessThan(180_000);
      expect(mail.text.isWellFormed()).toBe(true);
    }
  });

  it('holds no signs that steer, and one line where there is one', async () => {
    const mail = await mailWith(
      { Subject: '=?utf-8?Q?a=0D=0ABcc:_x=07?=', 'Content-Type': 'text/plain; charset=utf-8' },
      'a\u0007b\tc\nd',
    );
    expect(inboundMailOf(mail, place, false)).toMatchObject({ subject: 'a Bcc: x', text: 'ab\tc\nd' });
  });

  it('with a virus is told by its sender and subject alone', async () => {
    const mail = inboundMailOf(await mailWith({}, 'open it'), place, true);
    expect(mail).toMatchObject({ subject: 'A question', text: '', textFrom: 'none', quoted: '', attachments: [] });
  });

  it('is refused where its parts lie in parts without end', async () => {
    const open = Array.from(
      { length: 60 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join('');
    await expect(parseMail(new TextEncoder().encode(`From: a@b.example\r\n${open}`))).rejects.toThrow(/nesting/i);
  });
});
