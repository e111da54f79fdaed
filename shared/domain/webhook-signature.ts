import { createHmac, timingSafeEqual } from 'node:crypto';

/** A key that could be guessed signs nothing; text that is no base64 decodes to none at all. */
const SHORTEST_KEY_BYTES = 12;

/** How far a signed time may be from ours, either way (Standard Webhooks libraries: 300 s). */
const TOLERANCE_S = 300;

export interface SignedRequest {
  readonly id: string | undefined;
  /** Seconds since the epoch, as sent. */
  readonly timestamp: string | undefined;
  /** One or more `v1,<base64>` parted by spaces. */
  readonly signature: string | undefined;
  /** The raw bytes, before any parsing. */
  readonly body: Uint8Array;
}

export type SignatureCheck =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks a Standard Webhooks signature (standardwebhooks.com, version 1): HMAC-SHA256 over `id.timestamp.body`, any of
 * several signatures by any of the secrets that are live. Compares in constant time, whatever the lengths.
 * @param secrets `whsec_<base64>` or `<base64>`; two during a rotation. One of fewer than 12 bytes never matches.
 */
export function checkSignature(request: SignedRequest, secrets: readonly string[], nowMs: number): SignatureCheck {
  const { id, timestamp, signature, body } = request;
  if (!id || !timestamp || !signature)
    return refuse('webhook-id, webhook-timestamp and webhook-signature are required');
  // A dot in the id would let the boundary between id and time be shifted.
  if (!/^[\x21-\x2d\x2f-\x7e]{1,255}$/.test(id)) return refuse('webhook-id has characters that are not allowed');
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('webhook-timestamp is not a time in seconds');
  const ageS = nowMs / 1_000 - Number(timestamp);
  if (ageS > TOLERANCE_S) return refuse('webhook-timestamp is too old');
  if (ageS < -TOLERANCE_S) return refuse('webhook-timestamp is in the future');
  const given = signature.split(' ').filter((part) => part.startsWith('v1,'));
  const isGood = secrets
    .filter((secret) => keyOf(secret).length >= SHORTEST_KEY_BYTES)
    .some((secret) => given.some((part) => matches(part.slice(3), sign(secret, id, timestamp, body))));
  return isGood ? { ok: true, id } : refuse('the signature does not match');
}

/** The `webhook-signature` value for a body. */
export function sign(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`, 'utf8').update(body).digest();
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret, 'base64');
}

function matches(given: string, expected: Buffer): boolean {
  // Only the one true spelling of the base64 counts.
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === expected.length && bytes.toString('base64') === given && timingSafeEqual(bytes, expected);
}

function refuse(problem: string): SignatureCheck {
  return { ok: false, problem };
}
