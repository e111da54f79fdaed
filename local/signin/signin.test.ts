import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { boot, get, newHome, stop } from '../boot/testing/runtimes.ts';
import type { Runtime } from '../boot.ts';

/** What the CDK writes where a client names no callback URL. */
const CALLBACK = 'https://example.com';
const VERIFIER = randomBytes(32).toString('base64url');

let runtime: Runtime;
let clientId: string;

beforeEach(async () => {
  runtime = await boot({});
  clientId = clientIdOf(runtime);
});

describe('the code flow', () => {
  it('signs somebody in, for whom the routes of the stack answer', async () => {
    // given
    const config = await configuration();

    // when
    const code = await signIn({ email: 'ana@example.com', group: '', more: 'sales finance' });
    const tokens = await redeemed({ code });

    // then
    const keys = createRemoteJWKSet(new URL(config['jwks_uri'] ?? ''));
    const issuer = config['issuer'] ?? '';
    const id = await jwtVerify(tokens['id_token'] ?? '', keys, { issuer, audience: clientId });
    expect(id.payload).toMatchObject({
      token_use: 'id',
      email: 'ana@example.com',
      'cognito:groups': ['sales', 'finance'],
      nonce: 'n-1',
      auth_time: expect.any(Number),
    });
    const access = await jwtVerify(tokens['access_token'] ?? '', keys, { issuer });
    expect(access.payload).toMatchObject({ token_use: 'access', client_id: clientId, scope: 'openid email' });
    expect(access.payload['email']).toBeUndefined();
    for (const name of ['id_token', 'access_token']) {
      const headers = { authorization: `Bearer ${tokens[name]}` };
      expect((await fetch(`${runtime.url}/me`, { headers })).status).toBe(200);
    }
    const headers = { authorization: `Bearer ${tokens['access_token']}` };
    const me = await fetch(config['userinfo_endpoint'] ?? '', { headers });
    expect(await me.json()).toMatchObject({ sub: id.payload.sub, email: 'ana@example.com' });
  });

  it('brings the browser back with the state that it was sent with', async () => {
    const response = await submit({ email: 'ana@example.com' });
    const location = new URL(response.headers.get('location') ?? '');
    expect([response.status, location.origin, location.searchParams.get('state')]).toEqual([302, CALLBACK, 's-1']);
  });

  it('gives new tokens for a refresh token, over a restart, with the time of the sign-in', async () => {
    const home = newHome();
    runtime = await boot({ home });
    const { refresh_token: refreshToken = '', id_token: idToken = '' } = await redeemed({ code: await signIn({}) });
    await stop(runtime);
    runtime = await boot({ home });
    await runtime.clock.advance(7_200_000);
    const fresh = await redeemed({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const [before, after] = [decodeJwt(idToken), decodeJwt(fresh['id_token'] ?? '')];
    expect(after['auth_time']).toBe(before['auth_time']);
    expect(after.exp).toBeGreaterThanOrEqual((before.exp ?? 0) + 7200);
  });

  it('gives nothing for a refresh token that was revoked', async () => {
    const { refresh_token: token = '' } = await redeemed({ code: await signIn({}) });
    await post('/oauth2/revoke', { token, client_id: clientId });
    expect(await redeemed({ grant_type: 'refresh_token', refresh_token: token })).toMatchObject({
      error: 'invalid_grant',
    });
  });

  const wrong: readonly [what: string, fields: Record<string, string>, error: string][] = [
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }, 'invalid_grant'],
    ['another redirect_uri', { redirect_uri: 'https://example.com/other' }, 'invalid_grant'],
    ['an unknown client', { client_id: 'other' }, 'invalid_client'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a code that is none', { code: 'x' }, 'invalid_grant'],
  ];
  it.each(wrong)('gives no tokens for %s', async (_, fields, error) => {
    expect(await redeemed({ code: await signIn({}), ...fields })).toMatchObject({ error });
  });

  it('takes a code once, and for five minutes', async () => {
    const code = await signIn({});
    await redeemed({ code });
    expect(await redeemed({ code })).toMatchObject({ error: 'invalid_grant' });
    const late = await signIn({});
    await runtime.clock.advance(301_000);
    expect(await redeemed({ code: late })).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the sign-in page', () => {
  it('says what it is, keeps what was asked for, and offers who signed in before', async () => {
    await signIn({ email: 'ana@example.com', more: 'sales' });
    const page = await authorize({ login_hint: 'ben@example.com' });
    const text = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    for (const part of [
      'this machine only',
      'value="ben@example.com"',
      'ana@example.com',
      'name="state" value="s-1"',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows what was typed as text', async () => {
    const text = await (await authorize({ login_hint: '"><script>' })).text();
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it('asks again for an address that is none', async () => {
    const response = await submit({ email: 'ana' });
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('role="alert"')]);
  });

  it.each([
    [
      'an address that the template does not name',
      { redirect_uri: 'https://evil.example' },
      'none of the callback URLs',
    ],
    ['an unknown client', { client_id: 'other' }, 'no user pool client'],
  ])('sends nobody to %s', async (_, fields, sentence) => {
    const response = await authorize(fields);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain(sentence);
    expect((await submit({ email: 'ana@example.com', ...fields })).status).toBe(400);
  });

  it.each([
    ['plain challenges', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that the client does not have', { scope: 'openid everything' }, 'invalid_scope'],
    ['prompt=none', { prompt: 'none' }, 'login_required'],
  ])('refuses %s with an error for the client', async (_, fields, error) => {
    const response = await authorize(fields);
    const location = new URL(response.headers.get('location') ?? '');
    expect([location.origin, location.searchParams.get('error'), location.searchParams.get('state')]).toEqual([
      CALLBACK,
      error,
      's-1',
    ]);
  });

  it('leads back after signing out only where the template says', async () => {
    const logout = (logoutUri: string) =>
      ask(`/logout?${new URLSearchParams({ client_id: clientId, logout_uri: logoutUri })}`);
    const back = await logout(`${runtime.url}/bye`);
    expect([back.status, back.headers.get('location')]).toEqual([302, `${runtime.url}/bye`]);
    expect((await logout('https://evil.example')).status).toBe(400);
  });
});

async function configuration(): Promise<Readonly<Record<string, string>>> {
  const pool = runtime.resources.find(({ type }) => type === 'AWS::Cognito::UserPool');
  const path = `/_local/signin/${pool?.physicalId}/.well-known/openid-configuration`;
  return (await get(runtime, path)) as Record<string, string>;
}

function clientIdOf({ resources }: Runtime): string {
  return resources.find(({ type }) => type === 'AWS::Cognito::UserPoolClient')?.physicalId ?? '';
}

function asked(fields: Record<string, string>): Record<string, string> {
  return {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: 'openid email',
    state: 's-1',
    nonce: 'n-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...fields,
  };
}

function authorize(fields: Record<string, string>): Promise<Response> {
  return ask(`/oauth2/authorize?${new URLSearchParams(asked(fields))}`);
}

function submit(fields: Record<string, string>): Promise<Response> {
  return post('/oauth2/authorize', asked(fields));
}

/** Fills in the page; answers the code that the browser is sent back with. */
async function signIn(fields: Record<string, string>): Promise<string> {
  const response = await submit({ email: 'ana@example.com', ...fields });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function redeemed(fields: Record<string, string>): Promise<Readonly<Record<string, string>>> {
  const grant = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  };
  return (await (await post('/oauth2/token', { ...grant, ...fields })).json()) as Record<string, string>;
}

function post(path: string, fields: Record<string, string>): Promise<Response> {
  return ask(path, { method: 'POST', body: new URLSearchParams(fields) });
}

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${runtime.url}/_local/signin${path}`, { redirect: 'manual', ...init });
}
