import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Proof } from '../contracts/index.ts';

/** For so long after it a sign-in counts as fresh. */
const FRESH_FOR_MS = 5 * 60_000;
/** Clocks of others may be ahead of ours by so much. */
const SKEW_MS = 60_000;

/** What a sign-in proves now. */
export function proofOf(signedInAtMs: number, nowMs: number): Proof {
  const ageMs = nowMs - signedInAtMs;
  return ageMs > -SKEW_MS && ageMs <= FRESH_FOR_MS ? 'fresh-sign-in' : 'sign-in';
}

/** S256 of PKCE: what is shown first of a verifier that is shown last. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** What a form has to carry so that it is known to be a form of ours, in the browser of this session. */
export function formToken(session: string): string {
  return createHmac('sha256', session).update('form').digest('base64url');
}

export function isFormToken(given: string, session: string): boolean {
  return isSameText(given, formToken(session));
}

/** When a page was shown, sealed with something that the page does not show: `<ms>.<mac>`. */
export function shownStamp(key: string, requestId: string, atMs: number): string {
  return `${atMs}.${sealOf(key, requestId, atMs)}`;
}

/**
 * How long somebody had the page before they answered. Null for a stamp that is not ours, for another question or
 * another session, or of a time before the question or after now. It tells how carefully people read; it proves nothing.
 */
export function timeOnPageMs(
  stamp: string,
  { key, requestId, openedAtMs, nowMs }: { key: string; requestId: string; openedAtMs: number; nowMs: number },
): number | null {
  const [, text = '', seal = ''] = /^(\d{1,15})\.([\w-]{22,64})$/.exec(stamp) ?? [];
  const atMs = Number(text);
  if (seal === '' || !isSameText(seal, sealOf(key, requestId, atMs))) return null;
  return atMs >= openedAtMs && atMs <= nowMs ? nowMs - atMs : null;
}

function sealOf(key: string, requestId: string, atMs: number): string {
  return createHmac('sha256', key).update(`shown:${requestId}:${atMs}`).digest('base64url');
}

function isSameText(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
