import type { InboundMailTrigger, Workflow } from '../authoring/index.ts';
import type { InboundMail, Trigger } from '../contracts/index.ts';
import { automaticReason } from '../domain/mail/automatic-mail.ts';
import { inboundMailOf, mailEventId } from '../domain/mail/inbound-mail.ts';
import { isContagious, mailDoubts } from '../domain/mail/mail-doubts.ts';
import { type ParsedMail, parseMail } from '../domain/mail/parsed-mail.ts';
import { MailReceipt } from '../domain/mail/receipt.ts';
import { sha256OfBytes } from '../domain/sha256-of-bytes.ts';
import type { Files, Intake, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

export interface ReceiveMailPorts {
  readonly workflows: readonly Workflow[];
  readonly files: Files;
  /** Where mails are kept, the domain that they come to, and the address that our own mails come from. */
  readonly inbound: { readonly bucket: string; readonly domain: string; readonly mailFrom: string };
  readonly intake: Intake;
  readonly telemetry: Telemetry;
}

/** As large as SES takes one. */
const LARGEST_MAIL_BYTES = 40 * 2 ** 20;

/**
 * Reads a mail that was kept, and puts it on the intake queue for each workflow that it was sent to. A mail of a machine
 * starts nothing; one in doubt goes to a person.
 * @throws Error when the mail cannot be read, or no workflow has any of its addresses: it is tried again, and put aside.
 */
export const receiveMail = operation({
  name: 'receive-mail',
  input: MailReceipt,
  async run(ports: ReceiveMailPorts, receipt): Promise<{ accepted: number }> {
    const targets = targetsOf(ports, receipt);
    if (targets.length === 0) throw new Error(`No workflow takes the mail ${receipt.messageId}`);
    const read = await Promise.all(targets.map((target) => triggerOf(ports, receipt, target)));
    const triggers = read.filter((trigger) => trigger !== null);
    if (triggers.length > 0) await ports.intake.send(triggers);
    for (const { workflow } of triggers) ports.telemetry.count('TriggersAccepted', 1, workflow);
    return { accepted: triggers.length };
  },
});

interface Target {
  readonly workflow: string;
  readonly trigger: string;
  readonly address: string;
}

function targetsOf({ workflows, inbound }: ReceiveMailPorts, { recipients }: MailReceipt): Target[] {
  const wanted = new Set(recipients.map((address) => address.toLowerCase()));
  return addresses(workflows, inbound.domain).filter(({ address }) => wanted.has(address));
}

function addresses(workflows: readonly Workflow[], domain: string): Target[] {
  return workflows.flatMap(({ id: workflow, triggers }) =>
    triggers
      .filter((trigger): trigger is InboundMailTrigger => trigger.kind === 'inbound-mail')
      .map(({ id: trigger, to }) => ({ workflow, trigger, address: `${to}@${domain}`.toLowerCase() })),
  );
}

/** Null for a mail that starts nothing. */
async function triggerOf(ports: ReceiveMailPorts, receipt: MailReceipt, target: Target): Promise<Trigger | null> {
  const { workflow, trigger, address: to } = target;
  const kept = { bucket: ports.inbound.bucket, key: `mail/${workflow}/${trigger}/${receipt.messageId}` };
  const { mail, doubts, automatic } = await readMail(ports, receipt, { to, kept });
  if (automatic !== null) {
    ports.telemetry.count('MailsStopped', 1, workflow);
    ports.telemetry.log('mail-stopped', { workflow, trigger, because: automatic, key: kept.key });
    return null;
  }
  const eventId = mailEventId(mail, doubts.length > 0);
  return { workflow, trigger, eventId, receivedAt: receipt.timestamp, body: { mail, doubts } };
}

interface ReadMail {
  readonly mail: InboundMail;
  readonly doubts: string[];
  readonly automatic: string | null;
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
  const ours = new Set([inbound.mailFrom, ...addresses(workflows, inbound.domain).map(({ address }) => address)]);
  return {
    mail: inboundMailOf(parsed, { ...place, sha256 }, isContagious(receipt)),
    doubts: mailDoubts(receipt, parsed),
    automatic: automaticReason(parsed, { envelopeFrom: receipt.source, ours }),
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
  return { mail, doubts: [`the mail cannot be read: ${why}`], automatic: null };
}
