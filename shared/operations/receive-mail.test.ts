import { describe, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { MemoryIntake } from '../../test/support/memory-intake.ts';
import { MemoryMailer } from '../../test/support/memory-mailer.ts';
import { MemoryReplyStore } from '../../test/support/memory-replies.ts';
import { MemoryTelemetry } from '../../test/support/memory-telemetry.ts';
import { receiptWith } from '../domain/mail/testing/mails.ts';
import type { FileAddress, FileRead } from '../ports/index.ts';
import { receiveMail } from './receive-mail.ts';

const MAIL = 'From: Ada <ada@shop.example>\r\nSubject: Help\r\nMessage-ID: <m1@shop.example>\r\n\r\nPlease help.';

function world(file: string | FileRead = MAIL) {
  const asked: FileAddress[] = [];
  const intake = new MemoryIntake();
  const telemetry = new MemoryTelemetry();
  const read = async (address: FileAddress): Promise<FileRead> => {
    asked.push(address);
    return typeof file === 'string' ? { kind: 'read', bytes: Buffer.from(file) } : file;
  };
  const inbound = { bucket: 'mails', domain: 'remit.example', mailFrom: 'agents@remit.example' };
  const replies = new MemoryReplyStore();
  const mailer = new MemoryMailer();
  const answering = { replies, replyKey: async () => 'key', mailer, publicUrl: 'https://remit.example' };
  const ports = { workflows, files: { read }, inbound, intake, telemetry, ...answering };
  return { asked, intake, telemetry, ports };
}

describe('a mail', () => {
  it('is read where its rule has kept it, and put on the queue as it came', async () => {
    const { asked, intake, ports } = world();
    expect(await receiveMail.run(ports, receiptWith())).toEqual({ accepted: 1 });
    const key = 'mail/support-triage/inbound-mail/ses1';
    expect(asked).toEqual([{ bucket: 'mails', key, versionId: null }]);
    expect(intake.triggers).toEqual([
      {
        ...{ workflow: 'support-triage', trigger: 'inbound-mail', receivedAt: '2026-03-02T08:00:00Z' },
        eventId: expect.stringMatching(/^<m1@shop\.example>\/[0-9a-f]{32}$/),
        body: {
          ...{ doubts: [], answers: null },
          mail: expect.objectContaining({
            subject: 'Help',
            text: 'Please help.',
            to: 'support@remit.example',
            kept: { bucket: 'mails', key },
          }),
        },
      },
    ]);
  });

  it('finds its workflow in whatever letters its address is written', async () => {
    const { ports } = world();
    expect(await receiveMail.run(ports, { ...receiptWith(), recipients: ['Support@Remit.Example'] })).toEqual({
      accepted: 1,
    });
  });

  it('of a machine is counted, and not put on the queue', async () => {
    const { intake, telemetry, ports } = world(`Auto-Submitted: auto-replied\r\n${MAIL}`);
    expect(await receiveMail.run(ports, receiptWith())).toEqual({ accepted: 0 });
    expect([intake.triggers, telemetry.counts]).toEqual([
      [],
      [{ metric: 'MailsStopped', value: 1, workflow: 'support-triage' }],
    ]);
  });

  it.each<[string, FileRead, string]>([
    [
      'is no mail',
      { kind: 'read', bytes: Buffer.from(`From: a@b.example\r\n${'x'.repeat(300_000)}: y\r\n\r\n`) },
      'not written as mails are',
    ],
    ['is too large', { kind: 'too-large', bytes: 99_000_000 }, 'too large'],
  ])('that %s is not lost: a person learns who sent it and where it is kept', async (_what, file, why) => {
    const { intake, ports } = world(file);
    await receiveMail.run(ports, receiptWith());
    expect(intake.triggers[0]?.body).toMatchObject({
      mail: { from: { address: 'ada@shop.example' }, text: '', kept: { bucket: 'mails' } },
      doubts: [expect.stringContaining(why)],
    });
  });

  it('to nobody here fails, so that it is tried again and put aside', async () => {
    const { ports } = world();
    await expect(receiveMail.run(ports, { ...receiptWith(), recipients: ['x@remit.example'] })).rejects.toThrow(
      'No workflow takes',
    );
  });
});
