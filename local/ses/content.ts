import PostalMime, { type Address } from 'postal-mime';
import { z } from 'zod';
import { AwsError, notBuilt } from '../kernel/errors.ts';

const Text = z.strictObject({ Data: z.string(), Charset: z.string().optional() });

const Simple = z.strictObject({
  Subject: Text,
  Body: z.strictObject({ Text: Text.optional(), Html: Text.optional() }),
  Headers: z
    .array(z.strictObject({ Name: z.string().regex(/^[!-9;-~]{1,126}$/), Value: z.string().max(870) }))
    .default([]),
});

export const ContentInput = z.strictObject({
  Simple: Simple.optional(),
  Raw: z.strictObject({ Data: z.string() }).optional(),
  Template: z.unknown().optional(),
});
export type ContentInput = z.output<typeof ContentInput>;

/** What a mail says, however it was given. `null` where a raw mail does not say it. */
export interface Content {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
  readonly from: string | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
}

export interface Attachment {
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
}

/** @throws BadRequestException for neither or both of Simple and Raw; templates are not built */
export async function readContent(input: ContentInput): Promise<Content> {
  if (input.Template !== undefined) throw notBuilt('SES', 'SendEmail parameter Content.Template');
  if (input.Simple !== undefined && input.Raw === undefined) return simpleContent(input.Simple);
  if (input.Raw !== undefined && input.Simple === undefined) return rawContent(rawBytes(input.Raw.Data));
  throw new AwsError('BadRequestException', 'Content must have exactly one of Simple, Raw and Template.');
}

/** The sender that a raw mail names itself, without parsing all of it. */
export function rawSender(data: string): string | null {
  const head =
    rawBytes(data)
      .toString('utf8')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const line = /^from:(.*)$/im.exec(head.replace(/\r?\n[ \t]+/g, ' '));
  return line?.[1]?.trim() ?? null;
}

const MAX_BYTES = 40 * 1024 * 1024;

function rawBytes(data: string): Buffer {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_BYTES)
    throw new AwsError('BadRequestException', `Message length is more than ${MAX_BYTES} bytes long.`);
  return bytes;
}

function simpleContent(simple: z.output<typeof Simple>): Content {
  const { Text: text, Html: html } = simple.Body;
  if (text === undefined && html === undefined) {
    throw new AwsError('BadRequestException', 'Body must have at least one of Text and Html.');
  }
  checkHeader('Subject', simple.Subject.Data);
  for (const { Name, Value } of simple.Headers) {
    checkHeader(Name, Value);
    if (SET_BY_SES.has(Name.toLowerCase())) {
      throw new AwsError('BadRequestException', `Header ${Name} is set by SES and cannot be given.`);
    }
  }
  return {
    subject: simple.Subject.Data,
    text: text?.Data ?? '',
    html: html?.Data ?? '',
    headers: Object.fromEntries(simple.Headers.map(({ Name, Value }) => [Name, Value])),
    attachments: [],
    from: null,
    to: [],
    cc: [],
    bcc: [],
    replyTo: [],
  };
}

const SET_BY_SES: ReadonlySet<string> = new Set([
  ...['bcc', 'cc', 'content-disposition', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'reply-to'],
  ...['return-path', 'subject', 'to'],
]);

/** A line break in a header would let whoever wrote the value add headers of their own. */
function checkHeader(name: string, value: string): void {
  if (/[\p{Cc}]/u.test(value)) throw new AwsError('BadRequestException', `Header ${name} contains control characters.`);
}

async function rawContent(bytes: Buffer): Promise<Content> {
  const mail = await PostalMime.parse(bytes);
  const from = mail.headers.find((header) => header.key === 'from')?.value ?? null;
  return {
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map((header) => [header.originalKey ?? header.key, header.value])),
    attachments: mail.attachments.map((attachment) => ({
      name: attachment.filename ?? '',
      mimeType: attachment.mimeType,
      sizeBytes: byteLength(attachment.content),
    })),
    from,
    to: addressTexts(mail.to),
    cc: addressTexts(mail.cc),
    bcc: addressTexts(mail.bcc),
    replyTo: addressTexts(mail.replyTo),
  };
}

function byteLength(content: ArrayBuffer | Uint8Array | string): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
}

function addressTexts(addresses: readonly Address[] | undefined): string[] {
  return (addresses ?? [])
    .flatMap((entry) => (entry.group === undefined ? [entry] : entry.group))
    .flatMap((entry) => {
      if (entry.address === undefined) return [];
      return [entry.name === '' ? entry.address : `"${entry.name.replaceAll('"', '')}" <${entry.address}>`];
    });
}
