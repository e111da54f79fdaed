import type { AnsweredAction, InboundMail } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';
import { sha256OfBytes } from '../sha256-of-bytes.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { splitQuoted } from './quoted-text.ts';

/** As bytes of JSON, so that all of it fits the queue and the state machine. */
const MOST_TEXT_BYTES = 100_000;
const MOST_QUOTED_BYTES = 20_000;
const MOST_SUBJECT_BYTES = 2_000;
const MOST_NAME_BYTES = 400;
const MOST_ID = 400;
const MOST_REFERENCES = 20;
const MOST_ATTACHMENTS = 40;

export interface MailPlace {
  /** Address of ours that it came to. */
  readonly to: string;
  readonly kept: InboundMail['kept'];
  /** Of the whole mail, in hexadecimal digits. */
  readonly sha256: string;
}

/** A mail in the form and size that goes on; `isBare` leaves out all that it holds but who sent it and about what. */
export function inboundMailOf(mail: ParsedMail, { to, kept, sha256 }: MailPlace, isBare: boolean): InboundMail {
  const { text, quoted } = isBare ? { text: '', quoted: '' } : splitQuoted(clean(mail.text));
  const shown = cut(text, MOST_TEXT_BYTES);
  const attachments = isBare ? [] : mail.attachments;
  return {
    id: mail.messageId === null ? `bytes/${sha256}` : line(mail.messageId, MOST_ID),
    messageId: mail.messageId === null ? null : line(mail.messageId, MOST_ID),
    inReplyTo: mail.inReplyTo === null ? null : line(mail.inReplyTo, MOST_ID),
    references: mail.references.slice(-MOST_REFERENCES).map((id) => line(id, MOST_ID)),
    from: { address: line(mail.from.address, MOST_NAME_BYTES), name: line(mail.from.name, MOST_NAME_BYTES) },
    replyTo: mail.replyTo === null ? null : line(mail.replyTo, MOST_NAME_BYTES),
    to,
    subject: line(mail.subject, MOST_SUBJECT_BYTES),
    text: shown,
    textFrom: isBare ? 'none' : mail.textFrom,
    quoted: cut(quoted, MOST_QUOTED_BYTES),
    wasCut: shown !== text,
    sentAt: mail.sentAt,
    attachments: attachments.slice(0, MOST_ATTACHMENTS).map(({ name, mimeType, content }) => ({
      name: line(name, MOST_NAME_BYTES),
      mimeType: line(mimeType, MOST_NAME_BYTES),
      sizeBytes: content.byteLength,
      sha256: sha256OfBytes(content),
    })),
    attachmentsLeftOut: mail.attachments.length - Math.min(attachments.length, MOST_ATTACHMENTS),
    kept,
  };
}

/**
 * The name of the event: the mail's own id, and what it says. The same mail by two ways is one event; another one under a
 * known id, which anybody can write, takes nothing from the first.
 */
export function mailEventId(mail: InboundMail, isDoubtful: boolean): string {
  return `${mail.id}/${digestOf({ ...said(mail), isDoubtful }).slice(0, DIGITS)}`;
}

/**
 * The name of an answer that is believed: what it answers, what it says and when it was sent. A signature need not cover
 * the mail's own id, so whoever sends an answer once more under another one sends the same answer.
 */
export function replyEventId(
  mail: InboundMail,
  { caseId, actionId }: Pick<AnsweredAction, 'caseId' | 'actionId'>,
): string {
  const digest = digestOf({ ...said(mail), sentAt: mail.sentAt });
  return `reply/${caseId}.${actionId}/${digest.slice(0, DIGITS)}`;
}

function said({ from, subject, text, quoted, attachments }: InboundMail) {
  return { from, subject, text, quoted, attachments: attachments.map(({ sha256 }) => sha256) };
}

const DIGITS = 32;

/** One line of text, no longer than so many bytes of JSON. */
function line(text: string, mostBytes: number): string {
  return cut(clean(text).replaceAll(/\s+/g, ' ').trim(), mostBytes);
}

/** No control characters but line breaks and tabs, and no halves of characters. */
function clean(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .replaceAll(/[\ufffe\uffff]/g, '');
}

function cut(text: string, mostBytes: number): string {
  if (jsonBytes(text) <= mostBytes) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (jsonBytes(text.slice(0, middle)) <= mostBytes) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, fits).toWellFormed();
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
