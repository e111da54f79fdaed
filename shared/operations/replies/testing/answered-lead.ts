import { workflows } from '../../../../agents/index.ts';
import { CASE_ID, LEAD } from '../../../../test/support/lead-case.ts';
import { MemoryIntake } from '../../../../test/support/memory-intake.ts';
import { MemoryMailer } from '../../../../test/support/memory-mailer.ts';
import { MemoryReplyStore } from '../../../../test/support/memory-replies.ts';
import { MemoryTelemetry } from '../../../../test/support/memory-telemetry.ts';
import { aCase, anAction } from '../../../../test/support/stored-examples.ts';
import type { Action, Case } from '../../../contracts/index.ts';
import { EMPTY_LEDGER } from '../../../domain/ledger.ts';
import type { MailReceipt } from '../../../domain/mail/receipt.ts';
import { replyTag } from '../../../domain/mail/reply-tag.ts';
import { receiptWith } from '../../../domain/mail/testing/mails.ts';
import { receiveMail } from '../../receive-mail.ts';

export const KEY = 'key';
export const MAIL = 'send-meeting-mail#1';
export const TAG = replyTag(KEY, CASE_ID, MAIL);
export const LEAD_MAIL = LEAD.email;

/** A world in which the outreach mail of a hot lead has been sent. */
export function world(changes: { readonly case?: Partial<Case>; readonly action?: Partial<Action> } = {}) {
  const intake = new MemoryIntake();
  const telemetry = new MemoryTelemetry();
  const replies = new MemoryReplyStore();
  const mailer = new MemoryMailer();
  const sent = anAction(CASE_ID, MAIL, { state: 'done', arguments: mailTo(LEAD_MAIL), ...changes.action });
  const head = { ...aCase({ id: CASE_ID, input: LEAD, state: 'closed' }), ledger: EMPTY_LEDGER, ...changes.case };
  replies.cases.set(CASE_ID, { case: head, actions: [anAction(CASE_ID, 'create-crm-record#2'), sent] });
  const arrives = async (raw: string, receipt: Partial<MailReceipt> = {}): Promise<void> => {
    const files = { read: async () => ({ kind: 'read' as const, bytes: Buffer.from(raw) }) };
    const inbound = { bucket: 'mails', domain: 'in.example', mailFrom: 'agents@in.example' };
    const answering = { replies, replyKey: async () => KEY, mailer, publicUrl: 'https://remit.example' };
    await receiveMail.run(
      { workflows, files, inbound, intake, telemetry, ...answering },
      { ...receiptWith({ source: LEAD_MAIL }), recipients: [`replies+${TAG}@in.example`], ...receipt },
    );
  };
  const first = () => intake.triggers[0];
  return { intake, telemetry, replies, mailer, arrives, first };
}

export const mailTo = (to: string) => ({ to, bcc: [], subject: 'A time to talk?', text: 'Hello' });

/** An answer as it is written. */
export function reply(headers: Readonly<Record<string, string>> = {}, text = 'Yes, on Monday.'): string {
  const all = {
    ...{ From: `Hanna <${LEAD_MAIL}>`, Subject: 'Re: A time to talk?', 'Message-ID': '<r1@shop.example>' },
    ...{ Date: 'Mon, 02 Mar 2026 07:59:00 +0000', ...headers },
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}
