import { describe, expect, it } from 'vitest';
import { workflows } from '../../../agents/index.ts';
import { CASE_ID } from '../../../test/support/lead-case.ts';
import { MemoryIntake } from '../../../test/support/memory-intake.ts';
import { MemoryMailer } from '../../../test/support/memory-mailer.ts';
import { MemoryReplyStore } from '../../../test/support/memory-replies.ts';
import { MemoryTelemetry } from '../../../test/support/memory-telemetry.ts';
import { aRequest } from '../../../test/support/stored-examples.ts';
import type { MailReceipt } from '../../domain/mail/receipt.ts';
import { receiptWith } from '../../domain/mail/testing/mails.ts';
import { receiveMail } from '../receive-mail.ts';

const ASKED = 'sales-lead@remit.example';

function world() {
  const intake = new MemoryIntake();
  const telemetry = new MemoryTelemetry();
  const replies = new MemoryReplyStore();
  const mailer = new MemoryMailer();
  const request = aRequest(CASE_ID, { people: [ASKED], nextPeople: ['sales-deputy@remit.example'], state: 'open' });
  replies.requests.set(request.id, request);
  const arrives = async (from: string, receipt: Partial<MailReceipt> = {}, headers = ''): Promise<void> => {
    const raw = `${headers}From: ${from}\r\nSubject: Re: Yes or no?\r\nMessage-ID: <m1@remit.example>\r\n\r\nApproved!`;
    const files = { read: async () => ({ kind: 'read' as const, bytes: Buffer.from(raw) }) };
    const inbound = { bucket: 'mails', domain: 'in.example', mailFrom: 'agents@in.example' };
    const answering = { replies, replyKey: async () => 'key', mailer, publicUrl: 'https://remit.example' };
    await receiveMail.run(
      { workflows, files, inbound, intake, telemetry, ...answering },
      { ...receiptWith({ source: from }), recipients: [`answers+${request.id}@in.example`], ...receipt },
    );
  };
  return { intake, telemetry, replies, mailer, arrives, request };
}

describe('an answer by mail to a question', () => {
  it('decides nothing, and whoever wrote it is told where answers are given', async () => {
    const { arrives, mailer, intake, telemetry, request } = world();
    await arrives(ASKED);
    expect(intake.triggers).toEqual([]);
    expect(telemetry.counts).toEqual([{ metric: 'RepliesNotTaken', value: 1, workflow: 'lead-qualification' }]);
    expect(mailer.sent).toEqual([
      {
        ...{ to: [ASKED], bcc: [], html: null, requestId: request.id, isAutoReply: true },
        subject: 'Your mail has decided nothing',
        text: expect.stringMatching(/still open[\s\S]*https:\/\/remit\.example\/inbox/),
      },
    ]);
    expect(JSON.stringify(mailer.sent)).not.toContain('Approved!');
  });

  it('is answered once for each question and person, however often they write', async () => {
    const { arrives, mailer, telemetry } = world();
    for (const _time of [1, 2, 3]) await arrives(ASKED);
    await arrives('Sales-Deputy@remit.example');
    expect(mailer.sent.map(({ to }) => to)).toEqual([[ASKED], ['sales-deputy@remit.example']]);
    expect(telemetry.sum('RepliesNotTaken')).toBe(4);
  });

  it('that is settled meanwhile is told so', async () => {
    const { arrives, mailer, replies, request } = world();
    replies.requests.set(request.id, { ...request, state: 'answered' });
    await arrives(ASKED);
    expect(mailer.sent[0]?.text).toMatch(/settled meanwhile/);
  });

  it('that nobody knows is told of once a day, as an answer to what needs none is', async () => {
    const { arrives, mailer } = world();
    for (const recipients of [
      [`answers+${'f'.repeat(32)}@in.example`],
      ['answers@in.example'],
      ['agents@in.example'],
    ]) {
      await arrives(ASKED, { recipients });
    }
    expect(mailer.sent).toHaveLength(1);
    expect(mailer.sent[0]?.text).toMatch(/nobody reads/);
    await arrives(ASKED, { recipients: ['answers@in.example'], timestamp: '2026-03-03T08:00:00Z' });
    expect(mailer.sent).toHaveLength(2);
  });

  const FAIL = { status: 'FAIL' } as const;
  it.each<[string, string, Partial<MailReceipt>, string]>([
    ['a stranger', 'eve@other.example', {}, ''],
    ['somebody in the name of whoever was asked', ASKED, { dmarc: FAIL, spf: FAIL, dkim: FAIL }, ''],
    ['a machine', ASKED, {}, 'Auto-Submitted: auto-replied\r\n'],
    ['a machine without an envelope', ASKED, { source: '' }, ''],
    ['ourselves', 'agents@in.example', {}, ''],
    ['our own address for answers', 'answers@in.example', {}, ''],
  ])('of %s is answered with nothing, and starts nothing', async (_who, from, receipt, headers) => {
    const { arrives, mailer, intake, replies } = world();
    await arrives(from, receipt, headers);
    expect([mailer.sent, intake.triggers, replies.claimed.size]).toEqual([[], [], 0]);
  });

  it('keeps neither address nor case of whoever was told', async () => {
    const { arrives, replies, request } = world();
    await arrives(ASKED);
    const [kept = ''] = replies.claimed;
    expect(kept).toMatch(/^[0-9a-f]{64}$/);
    expect(kept).not.toContain(request.id);
  });
});
