import { createHmac, timingSafeEqual } from 'node:crypto';

/** A webhook as it came, before any parsing. */
export interface SignedWebhook {
  readonly method: string;
  /** As its sender addressed it, query and all. */
  readonly url: string;
  /** By their names in lower case, as API Gateway hands them over. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** `id`: what the signature says that the event is called; null where only its body names it. */
export type SignatureCheck =
  | { readonly ok: true; readonly id: string | null }
  | { readonly ok: false; readonly problem: string };

/** How far a signed time may be from ours, either way (Standard Webhooks libraries, Stripe, Slack, HubSpot: 300 s). */
const TOLERANCE_MS = 300_000;

/** Whether a signed time is near enough to now, before and after it. @param unitMs of the number: 1,000 for seconds */
export function isNearNow(
  header: string,
  text: string,
  { unitMs, nowMs }: { readonly unitMs: number; readonly nowMs: number },
): { readonly ok: true } | { readonly ok: false; readonly problem: string } {
  if (!/^\d{1,15}$/.test(text)) return refuse(`${header} is not a time`);
  const ageMs = nowMs - Number(text) * unitMs;
  // What a sender counts in other units is years away.
  if (ageMs > TOLERANCE_MS) return refuse(`${header} is too old`);
  if (ageMs < -TOLERANCE_MS) return refuse(`${header} is in the future`);
  return { ok: true };
}

/** HMAC-SHA256 under a secret that is used as the text it is. */
export function hmac(secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

/** Whether one of them is the expected text, to the letter; in constant time, whatever the lengths. */
export function matchesAny(given: readonly string[], expected: string): boolean {
  const wanted = Buffer.from(expected);
  return given.some((text) => {
    const bytes = Buffer.from(text);
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
  });
}

export function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem };
}

/** By any of the secrets that are live; an empty one signs nothing. */
export function signedBy(
  secrets: readonly string[],
  given: readonly string[],
  expected: (secret: string) => string,
): SignatureCheck {
  const isGood = secrets.some((secret) => secret.length >= SHORTEST_SECRET && matchesAny(given, expected(secret)));
  return isGood ? { ok: true, id: null } : refuse('the signature does not match');
}

/** Characters: one that could be guessed signs nothing. */
const SHORTEST_SECRET = 12;
