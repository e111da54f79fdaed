import { type ParsedMail, parseMail } from '../parsed-mail.ts';
import type { MailReceipt } from '../receipt.ts';

/** A mail with these headers, read. */
export function mailWith(headers: Readonly<Record<string, string>>, body = 'Hello'): Promise<ParsedMail> {
  const all = { From: 'Ada <ada@shop.example>', Subject: 'A question', 'Message-ID': '<m1@shop.example>', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return parseMail(new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`));
}

const PASS = { status: 'PASS' } as const;

export function receiptWith(
  changes: Partial<Record<'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus', MailReceipt['spf']['status']>> & {
    source?: string;
  } = {},
): MailReceipt {
  const { source = 'ada@shop.example', ...verdicts } = changes;
  const changed = Object.fromEntries(Object.entries(verdicts).map(([name, status]) => [name, { status }]));
  return {
    ...{ messageId: 'ses1', source, timestamp: '2026-03-02T08:00:00Z', recipients: ['support@remit.example'] },
    ...{ spf: PASS, dkim: PASS, dmarc: PASS, spam: PASS, virus: PASS },
    ...changed,
  };
}
