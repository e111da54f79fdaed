import { hmac, isNearNow, refuse, type SignatureCheck, type SignedWebhook, signedBy } from './signed-webhook.ts';

type Check = (webhook: SignedWebhook, secrets: readonly string[], nowMs: number) => SignatureCheck;

/**
 * Stripe (docs.stripe.com/webhooks, "Verify manually"): `Stripe-Signature: t=<seconds>,v1=<hex>`, over `t.body`. Several v1 stand
 * there while a secret is rolled. Older schemes are passed over, a doubled `t` is refused, and a time ahead of ours is
 * bounded too, which Stripe's own library does not do.
 */
export const checkStripe: Check = ({ headers, body }, secrets, nowMs) => {
  const header = headers['stripe-signature'];
  if (!header) return refuse('stripe-signature is required');
  const parts = header.split(',').map((part) => part.split('='));
  const of = (scheme: string): string[] =>
    parts.flatMap(([name, ...value]) => (name?.trim() === scheme ? [value.join('=')] : []));
  const [time, ...more] = of('t');
  if (time === undefined || more.length > 0) return refuse('stripe-signature needs one time');
  const near = isNearNow('stripe-signature', time, { unitMs: 1_000, nowMs });
  if (!near.ok) return near;
  return signedBy(secrets, of('v1'), (secret) => hmac(secret, `${time}.`, body).toString('hex'));
};

/**
 * GitHub (docs.github.com, "Validating webhook deliveries"): `X-Hub-Signature-256: sha256=<hex>` over the body. It signs no time
 * and no id, so neither is believed.
 */
export const checkGithub: Check = ({ headers, body }, secrets) => {
  const header = headers['x-hub-signature-256'];
  if (!header) return refuse('x-hub-signature-256 is required');
  return signedBy(secrets, [header], (secret) => `sha256=${hmac(secret, body).toString('hex')}`);
};

/** Slack (docs.slack.dev, "Verifying requests from Slack"): `X-Slack-Signature: v0=<hex>` over `v0:time:body`. */
export const checkSlack: Check = ({ headers, body }, secrets, nowMs) => {
  const [time, signature] = [headers['x-slack-request-timestamp'], headers['x-slack-signature']];
  if (!time || !signature) return refuse('x-slack-request-timestamp and x-slack-signature are required');
  const near = isNearNow('x-slack-request-timestamp', time, { unitMs: 1_000, nowMs });
  if (!near.ok) return near;
  return signedBy(secrets, [signature], (secret) => `v0=${hmac(secret, `v0:${time}:`, body).toString('hex')}`);
};

/**
 * HubSpot, version 3 (developers.hubspot.com, "Validating requests"): `X-HubSpot-Signature-v3`, base64, over method, address, body
 * and time in milliseconds. Some escapes of the address are undone before.
 */
export const checkHubspot: Check = ({ method, url, headers, body }, secrets, nowMs) => {
  const [time, signature] = [headers['x-hubspot-request-timestamp'], headers['x-hubspot-signature-v3']];
  if (!time || !signature) return refuse('x-hubspot-request-timestamp and x-hubspot-signature-v3 are required');
  const near = isNearNow('x-hubspot-request-timestamp', time, { unitMs: 1, nowMs });
  if (!near.ok) return near;
  const address = url.replaceAll(HUBSPOT_UNDOES, (escaped) => decodeURIComponent(escaped));
  return signedBy(secrets, [signature], (secret) => hmac(secret, method, address, body, time).toString('base64'));
};

/** `: / ? @ ! $ ' ( ) * , ;` */
const HUBSPOT_UNDOES = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/**
 * Typeform (typeform.com/developers, "Secure your webhooks"): `Typeform-Signature: sha256=<base64>` over the body. It signs no
 * time: the id in the body keeps a replay from starting anything.
 */
export const checkTypeform: Check = ({ headers, body }, secrets) => {
  const header = headers['typeform-signature'];
  if (!header) return refuse('typeform-signature is required');
  return signedBy(secrets, [header], (secret) => `sha256=${hmac(secret, body).toString('base64')}`);
};
