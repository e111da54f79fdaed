import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../test/support/attacks.ts';
import { checkSignature, sign } from './webhook-signature.ts';

const SECRET = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const OTHER = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW_S = 1_764_000_000;
const body = Buffer.from('{"a":1}');

function signed(secret: string, { id = 'msg_1', atS = NOW_S } = {}) {
  const timestamp = String(atS);
  return { id, timestamp, signature: `v1,${sign(secret, id, timestamp, body).toString('base64')}`, body };
}

const check = (request: Partial<ReturnType<typeof signed>>, secrets: readonly string[] = [SECRET]) =>
  checkSignature({ ...signed(SECRET), ...request }, secrets, NOW_S * 1_000);

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
      provider: z.string(),
      now: z.number(),
      secret: z.string().optional(),
      headers: Delivery.shape.headers.optional(),
      body: z.string().optional(),
      deliveries: z.array(Delivery).optional(),
      expect: z.string(),
    }),
  ),
});

const file = attackFile('own/webhook-signature-vectors.json');
const vectors = file === null ? [] : Vectors.parse(file).vectors.filter(({ provider }) => provider === 'standard');

describe.skipIf(file === null)('the collected vectors of Standard Webhooks', () => {
  it('are there', () => {
    expect(vectors.length).toBeGreaterThan(15);
  });

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    const deliveries = vector.deliveries ?? [{ headers: vector.headers ?? {}, body: vector.body ?? '' }];
    const results = deliveries.map(({ headers, body: text }) => {
      // API Gateway hands names of headers over in lower case.
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      const request = {
        id: lower['webhook-id'],
        timestamp: lower['webhook-timestamp'],
        signature: lower['webhook-signature'],
        body: Buffer.from(text),
      };
      return checkSignature(request, [vector.secret ?? SECRET], vector.now * 1_000).ok;
    });
    // Replays and other bodies are well signed; that they start one case is the case id's doing.
    expect(results.every((isGood) => isGood === (vector.expect !== 'reject-401'))).toBe(true);
  });
});
