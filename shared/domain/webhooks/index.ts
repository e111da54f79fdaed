import { createHash } from 'node:crypto';
import type { WebhookStyle } from '../../authoring/index.ts';
import type { Json, JsonObject } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';
import { checkGithub, checkHubspot, checkSlack, checkStripe, checkTypeform } from './providers.ts';
import type { SignatureCheck, SignedWebhook } from './signed-webhook.ts';
import { checkStandard } from './standard.ts';

export type { SignatureCheck, SignedWebhook } from './signed-webhook.ts';
export { sign } from './standard.ts';

interface Style {
  readonly check: (webhook: SignedWebhook, secrets: readonly string[], nowMs: number) => SignatureCheck;
  /** The name of the one event in a body; null where the body has none of its own. */
  readonly eventId: (body: JsonObject) => unknown;
}

const STYLES: Readonly<Record<WebhookStyle, Style>> = {
  standard: { check: checkStandard, eventId: () => null },
  stripe: { check: checkStripe, eventId: ({ id }) => id },
  github: { check: checkGithub, eventId: () => null },
  slack: { check: checkSlack, eventId: ({ event_id }) => event_id },
  // Its `eventId` is not unique, by its own word, and the number of the attempt is no part of the event.
  hubspot: {
    check: checkHubspot,
    eventId: ({ attemptNumber: _attempt, ...event }) => `h-${digestOf(event).slice(0, DIGITS)}`,
  },
  typeform: { check: checkTypeform, eventId: ({ event_id }) => event_id },
};

const DIGITS = 32;

/** Checks a webhook as its sender signs; any of the secrets that are live will do. */
export function checkSignature(
  style: WebhookStyle,
  webhook: SignedWebhook,
  secrets: readonly string[],
  nowMs: number,
): SignatureCheck {
  return STYLES[style].check(webhook, secrets, nowMs);
}

export interface WebhookEvent {
  readonly eventId: string;
  readonly body: Json;
}

/**
 * The events that a webhook brings, each with a name that the signature speaks for: the signed id, the one in the body, or
 * the digest of the body, so that whoever replays it under another name starts nothing. HubSpot sends many in an array.
 */
export function eventsIn(
  style: WebhookStyle,
  { id, body, bytes }: { readonly id: string | null; readonly body: Json; readonly bytes: Uint8Array },
): readonly WebhookEvent[] {
  if (style === 'hubspot' && Array.isArray(body)) return body.map((one) => named(style, { body: one, bytes }));
  return id === null ? [named(style, { body, bytes })] : [{ eventId: id, body }];
}

function named(style: WebhookStyle, { body, bytes }: { body: Json; bytes: Uint8Array }): WebhookEvent {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const said = isObject ? STYLES[style].eventId(body) : null;
  const isName = typeof said === 'string' && /^[\x21-\x7e]{1,255}$/.test(said);
  return { eventId: isName ? said : `b-${createHash('sha256').update(bytes).digest('hex').slice(0, DIGITS)}`, body };
}

/** What Slack wants to hear back, once, to know that the address is the right one; null for any other webhook. */
export function challengeIn(style: WebhookStyle, body: Json): string | null {
  if (style !== 'slack' || typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { type, challenge } = body;
  return type === 'url_verification' && typeof challenge === 'string' ? challenge : null;
}
