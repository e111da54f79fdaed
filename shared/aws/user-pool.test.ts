import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserPool } from './user-pool.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);
const NOW_S = NOW_MS / 1_000;
const CLIENT = 'client-1';
const clock = { nowMs: () => NOW_MS, sleep: async () => undefined };

const ours = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256');
const answers = new Map<string, { status: number; body: unknown }>();
const forms: string[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  forms.push(Buffer.concat(chunks).toString());
  const { status, body } = answers.get(request.url ?? '') ?? { status: 404, body: {} };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
let issuer = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = `${base}/pool`;
  const key = { ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  answers.set('/pool/.well-known/jwks.json', { status: 200, body: { keys: [key] } });
  answers.set('/pool/.well-known/openid-configuration', {
    status: 200,
    body: { issuer, authorization_endpoint: `${base}/oauth2/authorize`, token_endpoint: `${base}/oauth2/token` },
  });
});
afterAll(() => {
  server.close();
});

const CLAIMS = {
  ...{ token_use: 'id', email: 'ana@people.example', email_verified: true, auth_time: NOW_S - 60 },
  ...{ nonce: 'n-1', 'cognito:groups': ['sales'] },
};

function signed(
  claims: JWTPayload = {},
  options: { key?: typeof ours.privateKey; issuer?: string; audience?: string; kid?: string } = {},
): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: options.kid ?? 'k1' })
    .setIssuer(options.issuer ?? issuer)
    .setAudience(options.audience ?? CLIENT)
    .setIssuedAt(NOW_S - 60)
    .setExpirationTime(typeof claims.exp === 'number' ? claims.exp : NOW_S + 3_540)
    .sign(options.key ?? ours.privateKey);
}

const pool = () => new UserPool({ issuer, clientId: CLIENT, clock });

describe('a token', () => {
  it('of this pool and this client says who signed in, and when', async () => {
    expect(await pool().verify(await signed())).toEqual({
      ...{ email: 'ana@people.example', groups: ['sales'], nonce: 'n-1' },
      ...{ signedInAtMs: NOW_MS - 60_000, expiresAtMs: NOW_MS + 3_540_000 },
    });
  });

  const refused: readonly [what: string, make: () => Promise<string>][] = [
    ['signed by somebody else', () => signed({}, { key: foreign.privateKey })],
    ['of another pool', () => signed({}, { issuer: 'https://pool.evil.example' })],
    ['for another client', () => signed({}, { audience: 'client-2' })],
    ['that is over', () => signed({ exp: NOW_S - 1 })],
    ['for calling APIs', () => signed({ token_use: 'access' })],
    ['of an address that nobody has verified', () => signed({ email_verified: false })],
    ['without an address', () => signed({ email: undefined })],
    ['without the time of the sign-in', () => signed({ auth_time: undefined })],
    ['of a key that there is not', () => signed({}, { kid: 'k9' })],
    [
      'with a shared secret made of the public key',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(ours.publicKey)));
        return new SignJWT(CLAIMS)
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .setIssuer(issuer)
          .setAudience(CLIENT)
          .setIssuedAt(NOW_S)
          .setExpirationTime(NOW_S + 60)
          .sign(secret);
      },
    ],
    ['that nobody signed', async () => new UnsecuredJWT(CLAIMS).setIssuer(issuer).setAudience(CLIENT).encode()],
    ['that is none', async () => 'x.y.z'],
  ];
  it.each(refused)('%s is nobody’s', async (_what, make) => {
    expect(await pool().verify(await make())).toBeNull();
  });

  it('is not taken for a bad one while the keys cannot be read', async () => {
    const broken = new UserPool({ issuer: `${issuer}/elsewhere`, clientId: CLIENT, clock });
    await expect(broken.verify(await signed({}, { issuer: `${issuer}/elsewhere` }))).rejects.toThrow('Expected 200 OK');
  });
});

describe('a sign-in', () => {
  const attempt = { state: 's', nonce: 'n', challenge: 'c', redirectUri: 'https://r.example/signin/callback' };

  it('goes to the pages of the pool, with state, nonce and challenge', async () => {
    const url = new URL(await pool().authorizeUrl({ ...attempt, isFresh: false }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ response_type: 'code', client_id: CLIENT, redirect_uri: attempt.redirectUri, scope: 'openid email' },
      ...{ state: 's', nonce: 'n', code_challenge: 'c', code_challenge_method: 'S256' },
    });
    expect(new URL(await pool().authorizeUrl({ ...attempt, isFresh: true })).searchParams.get('prompt')).toBe('login');
  });

  it('gives the id token for a code with its verifier, and nothing for a code that is not taken', async () => {
    answers.set('/oauth2/token', { status: 200, body: { id_token: 'token', access_token: 'other' } });
    const grant = { code: 'c-1', verifier: 'v-1', redirectUri: attempt.redirectUri };
    expect(await pool().redeem(grant)).toBe('token');
    expect(Object.fromEntries(new URLSearchParams(forms.at(-1)))).toEqual({
      ...{ grant_type: 'authorization_code', client_id: CLIENT, code: 'c-1', code_verifier: 'v-1' },
      redirect_uri: attempt.redirectUri,
    });
    answers.set('/oauth2/token', { status: 400, body: { error: 'invalid_grant' } });
    expect(await pool().redeem(grant)).toBeNull();
    answers.set('/oauth2/token', { status: 503, body: {} });
    await expect(pool().redeem(grant)).rejects.toThrow('503');
  });

  it('ends at the pool too, and comes back to us', async () => {
    const url = new URL(await pool().signOutUrl('https://r.example/signin/out'));
    expect([url.pathname, url.searchParams.get('logout_uri')]).toEqual(['/logout', 'https://r.example/signin/out']);
  });

  it('is not begun with a pool that speaks for another one', async () => {
    answers.set('/odd/.well-known/openid-configuration', {
      status: 200,
      body: { issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t` },
    });
    const odd = new UserPool({ issuer: issuer.replace('/pool', '/odd'), clientId: CLIENT, clock });
    await expect(odd.authorizeUrl({ ...attempt, isFresh: false })).rejects.toThrow('another pool');
  });
});
