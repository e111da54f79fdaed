import { createHash, randomUUID } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { SigningKeys } from './keys.ts';

/** What Cognito's access tokens and id tokens are valid for by default. */
export const VALID_FOR_SECONDS = 3600;

export interface Session {
  readonly clientId: string;
  readonly email: string;
  readonly groups: readonly string[];
  readonly scope: string;
  readonly nonce: string | null;
  /** When the person signed in; stays over refreshes. */
  readonly authTimeSeconds: number;
}

/** An access token and, for the scope openid, an id token, with the claims that Cognito writes. */
export async function sessionTokens(
  keys: SigningKeys,
  issuer: string,
  session: Session,
  nowSeconds: number,
): Promise<{ readonly access_token: string; readonly id_token?: string }> {
  const sub = subjectOf(session.email);
  const groups = session.groups.length === 0 ? {} : { 'cognito:groups': [...session.groups] };
  const shared = { sub, iss: issuer, auth_time: session.authTimeSeconds, origin_jti: randomUUID(), ...groups };
  const access = { client_id: session.clientId, token_use: 'access', scope: session.scope, version: 2, username: sub };
  const accessToken = await signToken(keys, { ...shared, ...access }, nowSeconds);
  if (!session.scope.split(' ').includes('openid')) return { access_token: accessToken };
  const id = {
    aud: session.clientId,
    token_use: 'id',
    'cognito:username': sub,
    email: session.email,
    email_verified: true,
    at_hash: atHash(accessToken),
    ...(session.nonce === null ? {} : { nonce: session.nonce }),
  };
  return { access_token: accessToken, id_token: await signToken(keys, { ...shared, ...id }, nowSeconds) };
}

export function signToken(keys: SigningKeys, claims: JWTPayload, nowSeconds: number): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: keys.kid })
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + VALID_FOR_SECONDS)
    .setJti(randomUUID())
    .sign(keys.privateKey);
}

/** As in a pool whose people sign in by e-mail: the subject is a UUID, the same for the same person. */
export function subjectOf(email: string): string {
  const hex = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function atHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
}
