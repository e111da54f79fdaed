import { createHmac } from 'node:crypto';
import type { CaseId } from '../../contracts/index.ts';
import { base32 } from './base32.ts';
import type { ParsedMail } from './parsed-mail.ts';

const MAC_BYTES = 10;
const GROUP = 4;

/** How long an answer is found by it. */
export const REFERENCE_LASTS_MS = 180 * 24 * 3_600_000;

/**
 * The short name of an action that wrote, which stands in its mail for people to quote: 16 letters, 80 bits of HMAC, so that
 * nobody can make one without the key. It is too short to name a case by itself; what it names is kept under it.
 */
export function referenceTo(key: string, { caseId, actionId }: { caseId: CaseId; actionId: string }): string {
  const mac = createHmac('sha256', key).update(`reply-reference\n${caseId}\n${actionId}`, 'utf8').digest();
  return base32(mac.subarray(0, MAC_BYTES));
}

/** The line at the foot of a mail. It stands for itself: mail programs leave out of an answer what follows `-- `. */
export function footLine(reference: string): string {
  const groups = reference.toUpperCase().match(new RegExp(`.{${GROUP}}`, 'g')) ?? [];
  return `Ref: R-${groups.join('-')}`;
}

/** A text with that line under it; unchanged where there is none. */
export function withFoot(text: string, line: string | null): string {
  return line === null ? text : `${text.trimEnd()}\n\n${line}\n`;
}

const QUOTED = /(?<![\p{L}\p{N}-])R-([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})(?![\p{L}\p{N}-])/giu;

/** What a mail quotes that has the form of a reference, in its subject and its text: none, the only one, or the first two. */
export function referencesIn({ subject, text }: Pick<ParsedMail, 'subject' | 'text'>): string[] {
  const found = new Set<string>();
  for (const part of [subject, text]) {
    for (const [, groups = ''] of part.matchAll(QUOTED)) {
      found.add(groups.replaceAll('-', '').toLowerCase());
      if (found.size > 1) return [...found];
    }
  }
  return [...found];
}
