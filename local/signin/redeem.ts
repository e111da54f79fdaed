import { createHash } from 'node:crypto';
import { jsonAnswer, oauthError, type SigninAnswer, type SigninParts, type SigninRequest } from './requests.ts';
import { type Session, sessionTokens, VALID_FOR_SECONDS } from './tokens.ts';

/** The token endpoint: a code with its verifier, or a refresh token, for tokens. */
export async function redeem(parts: SigninParts, { form }: SigninRequest): Promise<SigninAnswer> {
  const clientId = form.get('client_id');
  if (!(parts.pool.clients ?? []).some(({ id }) => id === clientId)) {
    return oauthError('invalid_client', 'The template has no user pool client of this client_id.', 401);
  }
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return await redeemCode(parts, form);
    case 'refresh_token':
      return await refresh(parts, form);
    default:
      return oauthError('unsupported_grant_type', 'There are authorization_code and refresh_token.');
  }
}

async function redeemCode(parts: SigninParts, form: URLSearchParams): Promise<SigninAnswer> {
  const pending = parts.sessions.takeCode(form.get('code') ?? '');
  if (pending === null) return oauthError('invalid_grant', 'The code is used, too old or unknown.');
  const { session, redirectUri, codeChallenge } = pending;
  if (session.clientId !== form.get('client_id') || redirectUri !== form.get('redirect_uri')) {
    return oauthError('invalid_grant', 'The code is for another client_id or redirect_uri.');
  }
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (challenge !== codeChallenge) return oauthError('invalid_grant', 'The code_verifier does not fit.');
  const refreshToken = await parts.sessions.newRefreshToken(session);
  return jsonAnswer({ ...(await tokensOf(parts, session)), refresh_token: refreshToken });
}

async function refresh(parts: SigninParts, form: URLSearchParams): Promise<SigninAnswer> {
  const session = parts.sessions.findRefreshToken(form.get('refresh_token') ?? '');
  if (session === null || session.clientId !== form.get('client_id')) {
    return oauthError('invalid_grant', 'The refresh token is revoked, too old or unknown.');
  }
  return jsonAnswer(await tokensOf(parts, { ...session, nonce: null }));
}

async function tokensOf({ keys, pool, nowSeconds }: SigninParts, session: Session): Promise<object> {
  const tokens = await sessionTokens(keys, pool.issuer, session, nowSeconds);
  return { ...tokens, token_type: 'Bearer', expires_in: VALID_FOR_SECONDS };
}
