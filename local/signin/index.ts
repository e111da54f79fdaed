import { createLocalJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../kernel/store.ts';
import { loadKeys, type SigningKeys } from './keys.ts';

/** Signs people in on one machine, in place of the template's Cognito user pool. */
export interface Signin {
  /** The pool and the app client that tokens are issued for, from the template. */
  readonly setPool: (pool: PoolSettings) => void;
  readonly pool: () => PoolSettings;
  /** An access token as Cognito issues it, valid for an hour. */
  readonly issueToken: (person: Person) => Promise<IssuedToken>;
  /** Checks signature, issuer and times of a token. Rejects where one does not hold. */
  readonly verify: (token: string, issuer: string) => Promise<JWTPayload>;
  /** The public keys, as a JWK set. */
  readonly jwks: () => { readonly keys: readonly object[] };
}

export interface PoolSettings {
  /** `https://cognito-idp.<region>.amazonaws.com/<pool id>` */
  readonly issuer: string;
  readonly clientId: string;
}

export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

const VALID_FOR_SECONDS = 3600;

/** Stacks without a user pool still get tokens; nothing in such a stack accepts them. */
const NO_POOL: PoolSettings = { issuer: 'https://localhost/no-user-pool', clientId: 'local' };

export async function createSignin(options: { readonly store: Store; readonly clock: Clock }): Promise<Signin> {
  const keys = await loadKeys(options.store);
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
  };
}

async function issue(person: Person, pool: PoolSettings, keys: SigningKeys, clock: Clock): Promise<IssuedToken> {
  const nowSeconds = Math.floor(clock.now() / 1000);
  const expiresAtSeconds = nowSeconds + VALID_FOR_SECONDS;
  const token = await new SignJWT({
    client_id: pool.clientId,
    token_use: 'access',
    username: person.user,
    scope: 'openid email profile',
    auth_time: nowSeconds,
    version: 2,
    ...(person.groups.length === 0 ? {} : { 'cognito:groups': [...person.groups] }),
  })
    .setProtectedHeader({ alg: 'RS256', kid: keys.kid })
    .setSubject(person.user)
    .setIssuer(pool.issuer)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(expiresAtSeconds)
    .setJti(crypto.randomUUID())
    .sign(keys.privateKey);
  return { token, expiresAtMs: expiresAtSeconds * 1000 };
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
