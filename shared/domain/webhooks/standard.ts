import { createHmac } from 'node:crypto';
import { isNearNow, matchesAny, refuse, type SignatureCheck, type SignedWebhook } from './signed-webhook.ts';

/** A key that could be guessed signs nothing; text that is no base64 decodes to none at all. */
const SHORTEST_KEY_BYTES = 12;

/**
 * Checks a Standard Webhooks signature (standardwebhooks.com, version 1): HMAC-SHA256 over `id.timestamp.body`, any of
 * several signatures by any of the secrets that are live. Compares in constant time, whatever the lengths.
 * @param secrets `whsec_<base64>` or `<base64>`; two during a rotation. One of fewer than 12 bytes never matches.
 */
export function checkStandard(
  { headers, body }: SignedWebhook,
  secrets: readonly string[],
  nowMs: number,
): SignatureCheck {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (!id || !timestamp || !signature)
    return refuse('webhook-id, webhook-timestamp and webhook-signature are required');
  // A dot in the id would let the boundary between id and time be shifted.
  if (!/^[\x21-\x2d\x2f-\x7e]{1,255}$/.test(id)) return refuse('webhook-id has characters that are not allowed');
  const near = isNearNow('webhook-timestamp', timestamp, { unitMs: 1_000, nowMs });
  if (!near.ok) return near;
  const given = signature.split(' ').filter((part) => part.startsWith('v1,'));
  const isGood = secrets
    .filter((secret) => keyOf(secret).length >= SHORTEST_KEY_BYTES)
    .some((secret) =>
      matchesAny(
        given.map((part) => part.slice(3)),
        sign(secret, id, timestamp, body).toString('base64'),
      ),
    );
  return isGood ? { ok: true, id } : refuse('the signature does not match');
}

/** The `webhook-signature` value for a body. */
export function sign(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`, 'utf8').update(body).digest();
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret, 'base64');
}
