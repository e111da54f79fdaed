import type { ParsedMail } from './parsed-mail.ts';
import type { MailReceipt, VerdictStatus } from './receipt.ts';

/**
 * Why a person has to look at a mail before anything follows from it, one sentence each; empty for a mail whose sender is
 * proved and in which nothing bad was found.
 */
export function mailDoubts(receipt: MailReceipt, mail: ParsedMail): string[] {
  const sender = senderDoubt(receipt, mail);
  return [
    ...(sender === null ? [] : [sender]),
    ...found(receipt.spam.status, 'looks like spam', 'was not looked at for spam'),
    ...found(receipt.virus.status, 'carries a virus', 'could not be looked at for viruses'),
  ];
}

/** A mail that carries a virus, or may: nothing of what it holds goes on, but for who sent it and its subject. */
export function isContagious({ virus }: Pick<MailReceipt, 'virus'>): boolean {
  return virus.status === 'FAIL' || virus.status === 'PROCESSING_FAILED';
}

function found(status: VerdictStatus, bad: string, unknown: string): string[] {
  if (status === 'FAIL') return [`the mail ${bad}`];
  return status === 'PROCESSING_FAILED' ? [`the mail ${unknown}`] : [];
}

/**
 * The name in From can be typed by anybody. It is proved by DMARC; where the sender's domain has no DMARC, by SPF or DKIM
 * for that very domain.
 */
function senderDoubt({ source, spf, dkim, dmarc }: MailReceipt, mail: ParsedMail): string | null {
  const domain = domainOf(mail.from.address);
  if (domain === '') return 'the mail names no sender';
  if (sendersNamed(mail) > 1) return 'the mail names two senders, so neither is proved';
  switch (dmarc.status) {
    case 'PASS':
      return null;
    case 'FAIL':
      return `the sender is not proved: the mail says that it is from ${domain}, and fails the check of that domain (DMARC)`;
    case 'PROCESSING_FAILED':
      return `the sender is not proved: the check of ${domain} (DMARC) broke off`;
    case 'GRAY': {
      const bySpf = spf.status === 'PASS' && isAligned(domainOf(source), domain);
      const byDkim = dkim.status === 'PASS' && areAligned(signers(mail), domain);
      return bySpf || byDkim ? null : `the sender is not proved: neither SPF nor DKIM speaks for ${domain}`;
    }
  }
}

/**
 * Addresses that stand in From outside quotation marks and remarks, each once: which of them was checked is not known, and
 * programs do not agree on which of them counts. Nor do they on a mark that is never closed: that counts as many.
 */
function sendersNamed(mail: ParsedMail): number {
  const written = mail.headers('from');
  if (written.length > 1) return written.length;
  const bare = withoutRemarks(written[0] ?? '');
  if (bare === null) return Number.POSITIVE_INFINITY;
  const addresses = bare.split(/[\s<>,;:]+/).filter((word) => word.includes('@'));
  return new Set(addresses.map((address) => address.toLowerCase())).size;
}

/** Null where a mark is not closed. */
function withoutRemarks(text: string): string | null {
  let bare = '';
  let [isQuoted, depth] = [false, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '"' && depth === 0) isQuoted = !isQuoted;
    else if (sign === '(' && !isQuoted) depth += 1;
    else if (sign === ')' && depth > 0) depth -= 1;
    else if (!isQuoted && depth === 0) bare += sign;
  }
  return isQuoted || depth > 0 ? null : bare;
}

/** Which signature was checked is not known, so all must be of the domain. */
function areAligned(domains: readonly string[], domain: string): boolean {
  return domains.length > 0 && domains.every((one) => isAligned(one, domain));
}

/** The same domain, or one of the two lies below the other. */
function isAligned(one: string, other: string): boolean {
  const [upper, lower] = one.length <= other.length ? [one, other] : [other, one];
  if (upper.split('.').length < 2) return false;
  return upper === lower || lower.endsWith(`.${upper}`);
}

function signers(mail: ParsedMail): string[] {
  return mail
    .headers('dkim-signature')
    .map((text) => (/(?:^|;)\s*d\s*=\s*([^;\s]+)/i.exec(text)?.[1] ?? '').toLowerCase());
}

function domainOf(address: string): string {
  return /@([^@\s<>]+)>?$/.exec(address.trim())?.[1]?.toLowerCase() ?? '';
}
