import type { InboundMailTrigger, Workflow } from '../authoring/index.ts';
import type { InboundMail, MailBody, Trigger } from '../contracts/index.ts';
import type { WhatItAnswers } from '../domain/mail/answered-action.ts';
import { automaticReason } from '../domain/mail/automatic-mail.ts';
import { inboundMailOf, mailEventId, replyEventId } from '../domain/mail/inbound-mail.ts';
import { isContagious, mailDoubts } from '../domain/mail/mail-doubts.ts';
import { ANSWERS } from '../domain/mail/own-address.ts';
import { type ParsedMail, parseMail } from '../domain/mail/parsed-mail.ts';
import { MailReceipt } from '../domain/mail/receipt.ts';
import { labelledAddress, looksLikeTag } from '../domain/mail/reply-address.ts';
import { sha256OfBytes } from '../domain/sha256-of-bytes.ts';
import type { Files, Intake, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { answersAreOnPage, type PagePorts } from './replies/answers-are-on-page.ts';
import { type AnswerPorts, triggerAnswered, whatItAnswers } from './replies/what-it-answers.ts';

export interface ReceiveMailPorts extends AnswerPorts, PagePorts {
  readonly workflows: readonly Workflow[];
  readonly files: Pick<Files, 'read'>;
  /** Where mails are kept, the domain that they come to, and the address that our own mails come from. */
  readonly inbound: { readonly bucket: string; readonly domain: string; readonly mailFrom: string };
  readonly intake: Intake;
  readonly telemetry: Telemetry;
}

/** As large as SES takes one. */
const LARGEST_MAIL_BYTES = 40 * 2 ** 20;

/**
 * Reads a mail that was kept, and puts it on the intake queue for each workflow that it was sent to, with what it answers. A
 * mail of a machine starts nothing; one in doubt goes to a person; an answer to a mail for our own people decides nothing.
 * @throws Error when the mail cannot be read, or no workflow has any of its addresses: it is tried again, and put aside.
 */
export const receiveMail = operation({
  name: 'receive-mail',
  input: MailReceipt,
  async run(ports: ReceiveMailPorts, receipt): Promise<{ accepted: number }> {
    const targets = targetsOf(ports, receipt);
    const toUs = addressOfOurs(ports, receipt);
    if (targets.length === 0 && toUs === null) throw new Error(`No workflow takes the mail ${receipt.messageId}`);
    const read = await Promise.all([
      ...targets.map((target) => triggerOf(ports, receipt, target)),
      ...(toUs === null ? [] : [answerOf(ports, receipt, toUs)]),
    ]);
    const triggers = read.filter((trigger) => trigger !== null);
    if (triggers.length > 0) await ports.intake.send(triggers);
    for (const { workflow } of triggers) ports.telemetry.count('TriggersAccepted', 1, workflow);
    return { accepted: triggers.length };
  },
});

interface Target {
  readonly workflow: string;
  readonly trigger: InboundMailTrigger;
  readonly address: string;
  /** What stood behind the plus of the address that the mail came to. */
  readonly label: string | null;
}

function targetsOf({ workflows, inbound }: ReceiveMailPorts, { recipients }: MailReceipt): Target[] {
  const came = recipients.map(labelledAddress);
  return addresses(workflows, inbound.domain).flatMap((target) => {
    const [first, ...more] = came.filter(({ address }) => address === target.address);
    if (first === undefined) return [];
    return [{ ...target, label: [first, ...more].find(({ label }) => looksLikeTag(label))?.label ?? first.label }];
  });
}

function addresses(workflows: readonly Workflow[], domain: string): Omit<Target, 'label'>[] {
  return workflows.flatMap(({ id: workflow, triggers }) =>
    triggers
      .filter((trigger): trigger is InboundMailTrigger => trigger.kind === 'inbound-mail')
      .map((trigger) => ({ workflow, trigger, address: `${trigger.to}@${domain}`.toLowerCase() })),
  );
}

/** The label of the address that answers to our own people's mails come to, or that our mails come from; null for others. */
function addressOfOurs({ inbound }: ReceiveMailPorts, { recipients }: MailReceipt): { label: string | null } | null {
  const ours = new Set([`${ANSWERS}@${inbound.domain}`, inbound.mailFrom].map((address) => address.toLowerCase()));
  return recipients.map(labelledAddress).find(({ address }) => ours.has(address)) ?? null;
}

/** Null for a mail that starts nothing. */
async function triggerOf(ports: ReceiveMailPorts, receipt: MailReceipt, target: Target): Promise<Trigger | null> {
  const { workflow, trigger, address: to } = target;
  const kept = { bucket: ports.inbound.bucket, key: `mail/${workflow}/${trigger.id}/${receipt.messageId}` };
  const read = await readMail(ports, receipt, { to, kept });
  return isStopped(ports, read, { workflow, trigger: trigger.id }) ? null : triggerWith(ports, receipt, target, read);
}

/** An answer that came to an address of ours and not of a workflow: what it answers may say whose it is. */
async function answerOf(
  ports: ReceiveMailPorts,
  receipt: MailReceipt,
  { label }: { readonly label: string | null },
): Promise<Trigger | null> {
  const kept = { bucket: ports.inbound.bucket, key: `mail/${ANSWERS}/${receipt.messageId}` };
  const to = `${ANSWERS}@${ports.inbound.domain}`;
  const read = await readMail(ports, receipt, { to, kept });
  if (read.parsed === null || isStopped(ports, read, { workflow: 'none', trigger: ANSWERS })) return null;
  const taker = label === null ? await triggerAnswered(ports, { mail: read.parsed, receipt }) : null;
  if (taker !== null) return triggerWith(ports, receipt, { ...taker, address: to, label: null }, read);
  await answersAreOnPage(ports, { label, mail: read.parsed, receipt });
  return null;
}

/** A mail of a machine is counted, and that is all. */
function isStopped(
  { telemetry }: ReceiveMailPorts,
  { mail, automatic }: ReadMail,
  of: { readonly workflow: string; readonly trigger: string },
): boolean {
  if (automatic === null) return false;
  telemetry.count('MailsStopped', 1, of.workflow);
  telemetry.log('mail-stopped', { ...of, because: automatic, key: mail.kept.key });
  return true;
}

async function triggerWith(
  ports: ReceiveMailPorts,
  receipt: MailReceipt,
  { workflow, trigger, label }: Target,
  { mail, doubts: found, parsed }: ReadMail,
): Promise<Trigger> {
  const answered: WhatItAnswers =
    parsed === null ? { kind: 'nothing' } : await whatItAnswers(ports, { trigger, label, mail: parsed, receipt });
  if (answered.kind === 'doubt') {
    ports.telemetry.count('RepliesDoubted', 1, workflow);
    ports.telemetry.log('reply-doubted', { workflow, trigger: trigger.id, because: answered.because });
  }
  const doubts = [...found, ...(answered.kind === 'doubt' ? [answered.because] : [])];
  // What it answers is told to no agent before the mail is believed.
  const answers = answered.kind === 'answers' && doubts.length === 0 ? answered.answers : null;
  const cause = answered.kind === 'answers' ? answered.answers : answered.kind === 'doubt' ? answered.of : null;
  const body: MailBody = { mail, doubts, answers };
  return {
    ...{ workflow, trigger: trigger.id, receivedAt: receipt.timestamp, body },
    eventId: answers === null ? mailEventId(mail, doubts.length > 0) : replyEventId(mail, answers),
    ...(cause === null ? {} : { causedBy: { caseId: cause.caseId, actionId: cause.actionId } }),
  };
}

interface ReadMail {
  readonly mail: InboundMail;
  readonly doubts: string[];
  readonly automatic: string | null;
  /** Null where it could not be read. */
  readonly parsed: ParsedMail | null;
}

async function readMail(
  ports: ReceiveMailPorts,
  receipt: MailReceipt,
  place: { to: string; kept: InboundMail['kept'] },
): Promise<ReadMail> {
  const file = await ports.files.read({ ...place.kept, versionId: null }, LARGEST_MAIL_BYTES);
  if (file.kind === 'too-large') return unreadable(receipt, place, `kept/${receipt.messageId}`, 'it is too large');
  const sha256 = sha256OfBytes(file.bytes);
  let parsed: ParsedMail;
  try {
    parsed = await parseMail(file.bytes);
  } catch {
    return unreadable(receipt, place, `bytes/${sha256}`, 'it is not written as mails are');
  }
  const { workflows, inbound } = ports;
  const ours = new Set([
    ...[inbound.mailFrom, `${ANSWERS}@${inbound.domain}`].map((address) => address.toLowerCase()),
    ...addresses(workflows, inbound.domain).map(({ address }) => address),
  ]);
  return {
    mail: inboundMailOf(parsed, { ...place, sha256 }, isContagious(receipt)),
    doubts: mailDoubts(receipt, parsed),
    automatic: automaticReason(parsed, { envelopeFrom: receipt.source, ours }),
    parsed,
  };
}

/** A person gets to know of it, and where it is kept. */
function unreadable(
  { source }: MailReceipt,
  { to, kept }: { to: string; kept: InboundMail['kept'] },
  id: string,
  why: string,
): ReadMail {
  const nothing = { messageId: null, inReplyTo: null, references: [], replyTo: null, sentAt: null, attachments: [] };
  const mail: InboundMail = {
    ...{ ...nothing, id, to, kept, from: { address: source, name: '' }, subject: '', text: '', textFrom: 'none' },
    ...{ quoted: '', wasCut: false, attachmentsLeftOut: 0 },
  };
  return { mail, doubts: [`the mail cannot be read: ${why}`], automatic: null, parsed: null };
}
