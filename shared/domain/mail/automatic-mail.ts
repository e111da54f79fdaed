import type { ParsedMail } from './parsed-mail.ts';

/**
 * Why nobody wrote this mail and nobody waits for an answer to it: an answer would go round in circles. Null for a mail
 * that a person may have written. (RFC 3834, RFC 3464)
 */
export function automaticReason(
  mail: ParsedMail,
  { envelopeFrom, ours }: { readonly envelopeFrom: string; readonly ours: ReadonlySet<string> },
): string | null {
  const automatic = (mail.header('auto-submitted') ?? 'no').toLowerCase();
  if (!/^no\b/.test(automatic)) return 'auto-submitted';
  const precedence = (mail.header('precedence') ?? '').toLowerCase();
  if (BULK.has(precedence)) return 'precedence';
  if (mail.header('x-autoreply') !== null || mail.header('x-autorespond') !== null) return 'auto-reply';
  if (isReport(mail.header('content-type') ?? '')) return 'report';
  if (envelopeFrom === '' || envelopeFrom === '<>') return 'bounce';
  if (/^(mailer-daemon|postmaster)@/i.test(mail.from.address)) return 'bounce';
  if ([mail.from.address, envelopeFrom].some((address) => ours.has(address.toLowerCase()))) return 'own-mail';
  return null;
}

const BULK: ReadonlySet<string> = new Set(['bulk', 'junk', 'list', 'auto_reply']);

function isReport(contentType: string): boolean {
  return /^multipart\/report\b/i.test(contentType);
}
