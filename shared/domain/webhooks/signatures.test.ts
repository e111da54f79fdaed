import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../../test/support/attacks.ts';
import type { WebhookStyle } from '../../authoring/index.ts';
import { challengeIn, checkSignature, eventsIn, sign } from './index.ts';
import { hmac } from './signed-webhook.ts';

const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const OTHER = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW_S = 1_764_000_000;
const body = Buffer.from('{"a":1}');
const WHERE = { method: 'POST', url: 'https://remit.example/hooks/leads' };

function signed(secret: string, { id = 'msg_1', atS = NOW_S } = {}) {
  const timestamp = String(atS);
  return { id, timestamp, signature: `v1,${sign(secret, id, timestamp, body).toString('base64')}`, body };
}

const check = (request: Partial<ReturnType<typeof signed>>, secrets: readonly string[] = [SECRET]) => {
  const { id, timestamp, signature, body: sent } = { ...signed(SECRET), ...request };
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  return checkSignature('standard', { ...WHERE, headers, body: sent }, secrets, NOW_S * 1_000);
};

describe('the signature of a webhook', () => {
  it('gives the id of a request that is signed well', () => {
    expect(check({})).toEqual({ ok: true, id: 'msg_1' });
  });

  it('takes either secret during a rotation, and either signature', () => {
    expect(check(signed(OTHER), [SECRET, OTHER]).ok).toBe(true);
    expect(check({ signature: `${signed(OTHER).signature} ${signed(SECRET).signature}` }).ok).toBe(true);
    expect(check(signed(OTHER), [SECRET]).ok).toBe(false);
  });

  it('never takes a secret that holds no key, though its signature would match', () => {
    for (const empty of ['', 'whsec_', '!!!!!!!!!!!!!!!!!!!!', 'whsec_ ']) {
      expect(check(signed(empty), [empty])).toEqual({ ok: false, problem: 'the signature does not match' });
    }
    expect(check({}, []).ok).toBe(false);
  });

  it.each([
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
  ])('signed %d s from now is accepted: %s', (ageS, isGood) => {
    expect(check(signed(SECRET, { atS: NOW_S + ageS })).ok).toBe(isGood);
  });

  it.each([
    ['an empty id', { id: '' }],
    ['an id with a dot', signed(SECRET, { id: 'msg.1' })],
    ['an id with a space', signed(SECRET, { id: 'msg 1' })],
    ['an id that is too long', signed(SECRET, { id: 'm'.repeat(256) })],
    ['another body', { body: Buffer.from('{"a":2}') }],
    ['a body with one more byte', { body: Buffer.from('{"a":1} ') }],
    ['a signature without its padding', { signature: signed(SECRET).signature.replace(/=+$/, '') }],
    [
      'a signature in base64url',
      { signature: signed(SECRET).signature.replaceAll('+', '-').replaceAll('/', '_').replace('=', '') },
    ],
    ['a signature with more behind it', { signature: `${signed(SECRET).signature}AA` }],
    ['a version that is not v1', { signature: signed(SECRET).signature.replace('v1,', 'v2,') }],
  ])('is refused with %s', (_what, change) => {
    expect(check(change).ok).toBe(false);
  });
});

const Delivery = z.object({ headers: z.record(z.string(), z.string()), body: z.string() });
const Vectors = z.object({
  vectors: z.array(
    z.looseObject({
      id: z.string(),
      provider: z.enum(['standard', 'stripe', 'github', 'slack', 'hubspot', 'typeform']),
      now: z.number(),
      secret: z.string().optional(),
      method: z.string().default('POST'),
      uri: z.string().default(WHERE.url),
      headers: Delivery.shape.headers.optional(),
      body: z.string().optional(),
      deliveries: z.array(Delivery).optional(),
      expect: z.string(),
    }),
  ),
});

const file = attackFile('own/webhook-signature-vectors.json');
const vectors = file === null ? [] : Vectors.parse(file).vectors;

describe.skipIf(file === null)('the collected vectors of all styles', () => {
  it('are there', () => {
    expect(vectors.length).toBeGreaterThan(40);
    expect(new Set(vectors.map(({ provider }) => provider)).size).toBe(6);
  });

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    const deliveries = vector.deliveries ?? [{ headers: vector.headers ?? {}, body: vector.body ?? '' }];
    const results = deliveries.map(({ headers, body: text }) => {
      // API Gateway hands names of headers over in lower case.
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const webhook = { method: vector.method, url: vector.uri, headers: lower, body: Buffer.from(text) };
      const isGood = checkSignature(vector.provider, webhook, [vector.secret ?? SECRET], vector.now * 1_000).ok;
      const challenge = isGood && text.startsWith('{') ? challengeIn(vector.provider, JSON.parse(text)) : null;
      return { isGood, isEchoed: challenge !== null };
    });
    // Replays and other bodies are well signed; that they start one case is the case id's doing.
    expect(results.every(({ isGood }) => isGood === (vector.expect !== 'reject-401'))).toBe(true);
    expect(results.every(({ isEchoed }) => isEchoed === (vector.expect === 'accept-echo-challenge'))).toBe(true);
  });
});

const TEXT_SECRET = 'a-secret-of-the-sender';

/** As each sender signs, `ageS` ago. */
const SIGNERS: Readonly<Record<Exclude<WebhookStyle, 'standard'>, (ageS: number) => Record<string, string>>> = {
  stripe: (ageS) => {
    const time = String(NOW_S - ageS);
    return { 'stripe-signature': `t=${time},v1=${hmac(TEXT_SECRET, `${time}.`, body).toString('hex')}` };
  },
  github: () => ({ 'x-hub-signature-256': `sha256=${hmac(TEXT_SECRET, body).toString('hex')}` }),
  slack: (ageS) => {
    const time = String(NOW_S - ageS);
    const signature = `v0=${hmac(TEXT_SECRET, `v0:${time}:`, body).toString('hex')}`;
    return { 'x-slack-request-timestamp': time, 'x-slack-signature': signature };
  },
  hubspot: (ageS) => {
    const time = String((NOW_S - ageS) * 1_000);
    const signature = hmac(TEXT_SECRET, 'POST', WHERE.url, body, time).toString('base64');
    return { 'x-hubspot-request-timestamp': time, 'x-hubspot-signature-v3': signature };
  },
  typeform: () => ({ 'typeform-signature': `sha256=${hmac(TEXT_SECRET, body).toString('base64')}` }),
};
const STYLES = Object.keys(SIGNERS) as (keyof typeof SIGNERS)[];

describe.each(STYLES)('a webhook signed as by %s', (style) => {
  const checkIt = (headers: Record<string, string>, sent = body, secrets: readonly string[] = [TEXT_SECRET]) =>
    checkSignature(style, { ...WHERE, headers, body: sent }, secrets, NOW_S * 1_000).ok;

  it('is taken by either of two secrets, and by no other and no empty one', () => {
    expect(checkIt(SIGNERS[style](0))).toBe(true);
    expect(checkIt(SIGNERS[style](0), body, ['another-one-that-is-live', TEXT_SECRET])).toBe(true);
    expect(checkIt(SIGNERS[style](0), body, ['another-one-that-is-live', ''])).toBe(false);
  });

  it('is refused with another body, with one more byte, cut, and without its headers', () => {
    expect(checkIt(SIGNERS[style](0), Buffer.from('{"a":2}'))).toBe(false);
    expect(checkIt(SIGNERS[style](0), Buffer.from('{"a":1} '))).toBe(false);
    const cut = Object.entries(SIGNERS[style](0)).map(([name, value]) => [name, value.slice(0, -1)]);
    expect(checkIt(Object.fromEntries(cut))).toBe(false);
    expect(checkIt({})).toBe(false);
  });

  it('is bounded in time on both sides, where it signs a time', () => {
    const isTimed = style !== 'github' && style !== 'typeform';
    expect([300, -300, 301, -301].map((ageS) => checkIt(SIGNERS[style](ageS)))).toEqual([
      ...[true, true],
      ...[!isTimed, !isTimed],
    ]);
  });
});

describe('the events of a webhook', () => {
  const of = (style: WebhookStyle, value: unknown, id: string | null = null) => {
    const text = JSON.stringify(value);
    return eventsIn(style, { id, body: JSON.parse(text), bytes: Buffer.from(text) }).map(({ eventId }) => eventId);
  };

  it('have the name that the signature speaks for', () => {
    expect(of('standard', { id: 'other' }, 'msg_1')).toEqual(['msg_1']);
    expect(of('stripe', { id: 'evt_1' })).toEqual(['evt_1']);
    expect(of('slack', { event_id: 'Ev1' })).toEqual(['Ev1']);
    expect(of('typeform', { event_id: '01H' })).toEqual(['01H']);
  });

  it('are named after what they hold where nothing signed names them', () => {
    const [name = ''] = of('github', { action: 'opened' });
    expect(name).toMatch(/^b-[0-9a-f]{32}$/);
    expect(of('github', { action: 'opened' })).toEqual([name]);
    expect(of('github', { action: 'closed' })).not.toEqual([name]);
    for (const id of [7, '', 'with a space', 'x'.repeat(256), null]) expect(of('stripe', { id })[0]).toMatch(/^b-/);
    expect(of('stripe', ['no object'])[0]).toMatch(/^b-/);
  });

  it('of HubSpot come many at once, each by itself, and the next attempt at one is the same', () => {
    const event = { eventId: 1, subscriptionId: 25, objectId: 4, attemptNumber: 0 };
    const [first, second] = of('hubspot', [event, { ...event, objectId: 5 }]);
    expect(first).not.toBe(second);
    expect(of('hubspot', [{ ...event, attemptNumber: 3 }])).toEqual([first]);
    expect(of('hubspot', [])).toEqual([]);
  });

  it('hold a challenge only of Slack, and only where it is one', () => {
    const asked = { type: 'url_verification', challenge: 'abc' };
    expect(challengeIn('slack', asked)).toBe('abc');
    expect([challengeIn('stripe', asked), challengeIn('slack', { ...asked, type: 'event' })]).toEqual([null, null]);
    expect([challengeIn('slack', { ...asked, challenge: 7 }), challengeIn('slack', [])]).toEqual([null, null]);
  });
});
