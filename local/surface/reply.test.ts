import { describe, expect, it } from 'vitest';
import type { CaughtMail, IncomingMail } from '../ses/index.ts';
import type { SurfaceParts } from './parts.ts';
import { ReplyRequest, replyToMail } from './reply.ts';

const CAUGHT: CaughtMail = {
  ...{ id: '01-abc', atMs: Date.parse('2026-03-02T08:00:00Z'), from: 'agents@shop.example', to: ['hanna@b.example'] },
  ...{ cc: [], bcc: ['sales@shop.example'], replyTo: ['desk+tag@shop.example'], subject: 'A time to talk?' },
  ...{ text: 'Hello\n\nWhen?\n', html: '', headers: { References: '<tag@shop.example>' }, tags: {}, attachments: [] },
  ...{ recipients: [], traceId: null, links: [] },
};

async function answered(request: Readonly<Record<string, unknown>>, mail: Partial<CaughtMail> = {}) {
  const taken: IncomingMail[] = [];
  const parts = {
    caughtMails: () => [{ ...CAUGHT, ...mail }],
    receiveMail: async (incoming: IncomingMail) => ({ messageId: `ses-${taken.push(incoming)}` }),
    clock: { now: () => Date.parse('2026-03-02T09:00:00Z') },
    effectsTable: null,
  } as unknown as SurfaceParts;
  await replyToMail(parts, ReplyRequest.parse({ mail: CAUGHT.id, text: 'On Monday', ...request }));
  const [incoming] = taken;
  const [head = '', coded = ''] = Buffer.from(incoming?.raw ?? [])
    .toString()
    .split('\r\n\r\n');
  return { incoming, head: head.split('\r\n'), text: Buffer.from(coded, 'base64').toString() };
}

describe('an answer to a caught mail', () => {
  it('goes where the mail says, names it and those before it, and quotes it', async () => {
    const { incoming, head, text } = await answered({});
    expect(incoming).toMatchObject({
      ...{ from: 'hanna@b.example', to: ['desk+tag@shop.example'] },
      verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' },
    });
    expect(head).toEqual(
      expect.arrayContaining([
        ...['From: hanna@b.example', 'To: desk+tag@shop.example', 'Subject: Re: A time to talk?'],
        ...['In-Reply-To: <01-abc@email.amazonses.com>', 'Date: Mon, 02 Mar 2026 09:00:00 +0000'],
        'References: <tag@shop.example> <01-abc@email.amazonses.com>',
      ]),
    );
    expect(text).toBe('On Monday\n\nOn Mon, 02 Mar 2026 08:00:00 GMT, agents@shop.example wrote:\n> Hello\n>\n> When?');
  });

  it.each<[string, Record<string, unknown>, Partial<CaughtMail>, string]>([
    ['the sender, by a program that knows no Reply-To', { heedsReplyTo: false }, {}, 'To: agents@shop.example'],
    ['the sender, where no other address is given', {}, { replyTo: [] }, 'To: agents@shop.example'],
    ['somebody as another', { from: 'Eve <eve@c.example>' }, {}, 'From: Eve <eve@c.example>'],
    ['a machine as one', { headers: { 'Auto-Submitted': 'auto-replied' } }, {}, 'Auto-Submitted: auto-replied'],
    ['one that is an answer already', {}, { subject: 'RE: Hello' }, 'Subject: RE: Hello'],
  ])('can be one to %s', async (_what, request, mail, line) => {
    expect((await answered(request, mail)).head).toContain(line);
  });

  it('can name no mail but in what it quotes', async () => {
    const { head, text } = await answered({ namesMails: false });
    expect(head.filter((line) => /^(in-reply-to|references):/i.test(line))).toEqual([]);
    expect(text).toContain('> Hello');
  });

  it('can be forged', async () => {
    expect((await answered({ dmarc: 'FAIL' })).incoming?.verdicts).toMatchObject({ dmarc: 'FAIL', spf: 'PASS' });
  });

  it('takes no header of two lines', async () => {
    await expect(answered({ headers: { 'X-A': 'a\r\nBcc: b@c.example' } })).rejects.toThrow('line break');
  });
});
