import { createLocalJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../kernel/store.ts';
import { loadKeys, type SigningKeys } from './keys.ts';
import { answerSignin } from './oidc.ts';
import { NO_POOL, type PoolSettings } from './pool.ts';
import type { SigninAnswer, SigninRequest } from './requests.ts';
import { Sessions } from './sessions.ts';
import { signToken, VALID_FOR_SECONDS } from './tokens.ts';

export type { AppClient, PoolSettings } from './pool.ts';
export type { SigninAnswer, SigninRequest } from './requests.ts';

/** Signs people in on one machine, in place of the template's Cognito user pool. */
export interface Signin {
  /** The pool and the app client that tokens are issued for, from the template. */
  readonly setPool: (pool: PoolSettings) => void;
  readonly pool: () => PoolSettings;
  /** An access token for scripts, valid for an hour. Unlike one of a sign-in, it names the user in `username` as given. */
  readonly issueToken: (person: Person) => Promise<IssuedToken>;
  /** Checks signature, issuer and times of a token. Rejects where one does not hold. */
  readonly verify: (token: string, issuer: string) => Promise<JWTPayload>;
  /** The public keys, as a JWK set. */
  readonly jwks: () => { readonly keys: readonly object[] };
  /** The OpenID Connect endpoints, below `/_local/signin`. */
  readonly answer: (request: SigninRequest) => Promise<SigninAnswer>;
}

export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

export async function createSignin(options: { readonly store: Store; readonly clock: Clock }): Promise<Signin> {
  const keys = await loadKeys(options.store);
  const sessions = new Sessions(options.store, options.clock);
  const keySet = createLocalJWKSet({ keys: [keys.publicJwk] });
  let pool = NO_POOL;
  return {
    setPool: (settings) => {
      pool = settings;
    },
    pool: () => pool,
    issueToken: (person) => issue(person, pool, keys, options.clock),
    verify: (token, issuer) => verify(token, issuer, keySet, options.clock),
    jwks: () => ({ keys: [keys.publicJwk] }),
    answer: (request) => {
      const nowSeconds = Math.floor(options.clock.now() / 1000);
      const check = (token: string) => verify(token, pool.issuer, keySet, options.clock);
      return answerSignin({ keys, sessions, pool, nowSeconds, verify: check }, request);
    },
  };
}

async function issue(person: Person, pool: PoolSettings, keys: SigningKeys, clock: Clock): Promise<IssuedToken> {
  const nowSeconds = Math.floor(clock.now() / 1000);
  const claims = {
    iss: pool.issuer,
    sub: person.user,
    client_id: pool.clientId,
    token_use: 'access',
    username: person.user,
    scope: 'openid email profile',
    auth_time: nowSeconds,
    version: 2,
    ...(person.groups.length === 0 ? {} : { 'cognito:groups': [...person.groups] }),
  };
  const token = await signToken(keys, claims, nowSeconds);
  return { token, expiresAtMs: (nowSeconds + VALID_FOR_SECONDS) * 1000 };
}

async function verify(token: string, issuer: string, keySet: JWTVerifyGetKey, clock: Clock): Promise<JWTPayload> {
  const verified = await jwtVerify(token, keySet, {
    issuer,
    algorithms: ['RS256'],
    currentDate: new Date(clock.now()),
    requiredClaims: ['exp'],
  });
  return verified.payload;
}
