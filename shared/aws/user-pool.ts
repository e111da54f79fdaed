import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import type { Clock, Session, SignIn, SignInAttempt } from '../ports/index.ts';

export interface UserPoolOptions {
  /** Address of the pool, without a slash at the end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clock: Clock;
}

const LONGEST_MS = 5_000;

/** What Cognito publishes about a pool. */
const Discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.url().optional(),
});
type Discovery = z.infer<typeof Discovery>;

/** An id token of our client. An address that Cognito has not verified may be anybody's. */
const IdClaims = z.object({
  token_use: z.literal('id'),
  email: z.email(),
  email_verified: z.union([z.literal(true), z.literal('true')]),
  auth_time: z.number(),
  exp: z.number(),
  nonce: z.string().optional(),
  'cognito:groups': z.array(z.string()).default([]),
});

const Tokens = z.object({ id_token: z.string().min(1) });

/** A Cognito user pool with its sign-in pages, spoken to as OpenID Connect. */
export class UserPool implements SignIn {
  readonly #options: UserPoolOptions;
  #keys: JWTVerifyGetKey | null = null;
  #discovery: Promise<Discovery> | null = null;

  constructor(options: UserPoolOptions) {
    this.#options = options;
  }

  async verify(token: string): Promise<Session | null> {
    const { issuer, clientId, clock } = this.#options;
    // With Node's own client for HTTP, which this loads too: most pages are asked for by nobody who is signed in.
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    const address = new URL(`${issuer}/.well-known/jwks.json`);
    this.#keys ??= createRemoteJWKSet(address, { timeoutDuration: LONGEST_MS });
    const verified = await jwtVerify(token, this.#keys, {
      ...{ issuer, audience: clientId, algorithms: ['RS256'], requiredClaims: ['exp', 'iat', 'auth_time'] },
      currentDate: new Date(clock.nowMs()),
    }).catch(refusedToken);
    const claims = IdClaims.safeParse(verified?.payload);
    if (!claims.success) return null;
    const { email, auth_time: signedInAt, exp, nonce = null, 'cognito:groups': groups } = claims.data;
    return { email, groups, nonce, signedInAtMs: signedInAt * 1_000, expiresAtMs: exp * 1_000 };
  }

  async authorizeUrl({ state, nonce, challenge, redirectUri, isFresh }: SignInAttempt): Promise<string> {
    const { authorization_endpoint: endpoint } = await this.#discover();
    return urlOf(endpoint, {
      ...{ response_type: 'code', client_id: this.#options.clientId, redirect_uri: redirectUri, scope: 'openid email' },
      ...{ state, nonce, code_challenge: challenge, code_challenge_method: 'S256' },
      ...(isFresh ? { prompt: 'login' } : {}),
    });
  }

  async redeem({ code, verifier, redirectUri }: Parameters<SignIn['redeem']>[0]): Promise<string | null> {
    const { token_endpoint: endpoint } = await this.#discover();
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_MS),
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', client_id: this.#options.clientId, code },
        ...{ redirect_uri: redirectUri, code_verifier: verifier },
      }),
    });
    if (response.status >= 500) throw new Error(`The sign-in answered ${response.status}`);
    const tokens = Tokens.safeParse(await response.json().catch(() => null));
    return response.ok && tokens.success ? tokens.data.id_token : null;
  }

  async signOutUrl(backTo: string): Promise<string> {
    const { authorization_endpoint: authorize, end_session_endpoint: end } = await this.#discover();
    const endpoint = end ?? authorize.replace(/\/oauth2\/authorize$/, '/logout');
    return urlOf(endpoint, { client_id: this.#options.clientId, logout_uri: backTo });
  }

  #discover(): Promise<Discovery> {
    this.#discovery ??= this.#readDiscovery().catch((error: unknown) => {
      this.#discovery = null;
      throw error;
    });
    return this.#discovery;
  }

  async #readDiscovery(): Promise<Discovery> {
    const address = `${this.#options.issuer}/.well-known/openid-configuration`;
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(LONGEST_MS) });
    if (!response.ok) throw new Error(`The sign-in answered ${response.status}`);
    const discovery = Discovery.parse(await response.json());
    if (discovery.issuer !== this.#options.issuer) throw new Error('The sign-in speaks for another pool');
    return discovery;
  }
}

/** A token that is refused is nobody's; keys that cannot be read are a fault, and nobody's fault becomes a sign-out. */
function refusedToken(error: unknown): { payload: JWTPayload } | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_J') && !UNREADABLE_KEYS.has(code)) return null;
  throw error;
}

const UNREADABLE_KEYS = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);

function urlOf(endpoint: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
