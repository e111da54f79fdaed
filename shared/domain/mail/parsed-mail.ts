import type { Address, Attachment, Email } from 'postal-mime';
import { htmlText } from '../html-text.ts';

/** A mail as it reads itself, nothing of it believed. */
export interface ParsedMail {
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly from: { readonly address: string; readonly name: string };
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  /** ISO time; null without one that can be read. */
  readonly sentAt: string | null;
  readonly attachments: readonly { readonly name: string; readonly mimeType: string; readonly content: Uint8Array }[];
  /** The first header of that name in small letters, without space around it; null where there is none. */
  readonly header: (name: string) => string | null;
  /** All values of a header. */
  readonly headers: (name: string) => readonly string[];
}

/** More parts in parts than any mail program makes. */
const DEEPEST_NESTING = 32;
const LARGEST_HEADERS_BYTES = 256 * 1024;

/** The reader is loaded with the first mail: most of it are names of signs in HTML. @throws Error for parts nested too deep or headers too large */
export async function parseMail(bytes: Uint8Array): Promise<ParsedMail> {
  const limits = { maxNestingDepth: DEEPEST_NESTING, maxHeadersSize: LARGEST_HEADERS_BYTES };
  const { default: PostalMime } = await import('postal-mime');
  const email = await PostalMime.parse(bytes, { ...limits, attachmentEncoding: 'arraybuffer' });
  const headers = (wanted: string): string[] =>
    email.headers.flatMap(({ key, value }) => (key === wanted ? [value.trim()] : []));
  const [from] = mailboxes(email.from);
  return {
    messageId: email.messageId?.trim() || null,
    inReplyTo: email.inReplyTo?.trim() || null,
    references: (email.references ?? '').split(/\s+/).filter((id) => id !== ''),
    from: from ?? { address: '', name: '' },
    replyTo: mailboxes(email.replyTo?.[0])[0]?.address ?? null,
    subject: email.subject ?? '',
    ...textOf(email),
    sentAt: isoTime(email.date),
    attachments: email.attachments.map((attachment) => ({
      name: attachment.filename ?? '',
      mimeType: attachment.mimeType,
      content: bytesOf(attachment.content),
    })),
    headers,
    header: (name) => headers(name)[0] ?? null,
  };
}

function textOf({ text = '', html = '' }: Email): Pick<ParsedMail, 'text' | 'textFrom'> {
  if (text.trim() !== '') return { text: text.replaceAll('\r\n', '\n').trim(), textFrom: 'plain' };
  const read = htmlText(html);
  return read === '' ? { text: '', textFrom: 'none' } : { text: read, textFrom: 'html' };
}

function mailboxes(address: Address | undefined): readonly { address: string; name: string }[] {
  if (address === undefined) return [];
  return address.group === undefined ? [{ address: address.address, name: address.name }] : address.group;
}

function isoTime(date: string | undefined): string | null {
  const atMs = Date.parse(date ?? '');
  return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
