import { randomBytes } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';

export interface MailToWrite {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly messageId: string;
  readonly inReplyTo?: string | undefined;
  /** Names of the mails before the one that it answers, oldest first. */
  readonly references?: readonly string[];
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A mail written out as MIME. @throws BadRequest for a line break in a header */
export function writtenMail(mail: MailToWrite, nowMs: number): Buffer {
  const boundary = `=_${randomBytes(12).toString('hex')}`;
  const { text, html } = mail;
  const body = html === undefined ? part('plain', text) : alternatives(boundary, text, html);
  const headers = [
    ['From', mail.from],
    ['To', mail.to],
    ['Subject', encodedWord(mail.subject)],
    ['Date', new Date(nowMs).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', mail.messageId],
    ...(mail.inReplyTo === undefined
      ? []
      : [
          ['In-Reply-To', mail.inReplyTo],
          ['References', [...(mail.references ?? []), mail.inReplyTo].join(' ')],
        ]),
    ...Object.entries(mail.headers ?? {}),
    ['MIME-Version', '1.0'],
  ];
  for (const [name, value] of headers) {
    if (/[\r\n]/.test(value ?? '')) throw new AwsError('BadRequest', `The header ${name} holds a line break.`);
  }
  return Buffer.from(`${headers.map((one) => one.join(': ')).join('\r\n')}\r\n${body}`);
}

function part(type: 'plain' | 'html', text: string): string {
  const lines = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`;
}

function alternatives(boundary: string, text: string, html: string): string {
  const parts = [...(text === '' ? [] : [part('plain', text)]), part('html', html)];
  const inner = parts.map((one) => `--${boundary}\r\n${one}`).join('');
  return `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`;
}

function encodedWord(text: string): string {
  return /^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}
