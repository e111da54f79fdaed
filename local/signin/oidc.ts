import type { JWTPayload } from 'jose';
import { authorize } from './authorize.ts';
import { isAllowedUrl } from './pool.ts';
import { redeem } from './redeem.ts';
import {
  htmlAnswer,
  jsonAnswer,
  oauthError,
  redirect,
  type SigninAnswer,
  type SigninParts,
  type SigninRequest,
} from './requests.ts';
import { refusalPage } from './sign-in-page.ts';
import { subjectOf } from './tokens.ts';

export interface OidcParts extends SigninParts {
  readonly verify: (token: string) => Promise<JWTPayload>;
}

/** The endpoints of Cognito's user pool and of its hosted pages, below `/_local/signin`. */
export async function answerSignin(parts: OidcParts, request: SigninRequest): Promise<SigninAnswer> {
  const poolPath = new URL(parts.pool.issuer).pathname.replace(/^\/_local\/signin/, '');
  const path = request.path.startsWith(`${poolPath}/.well-known/`) ? request.path.slice(poolPath.length) : request.path;
  switch (`${request.method} ${path}`) {
    case 'GET /.well-known/openid-configuration':
      return jsonAnswer(discovery(parts));
    case 'GET /.well-known/jwks.json':
      return jsonAnswer({ keys: [parts.keys.publicJwk] });
    case 'GET /oauth2/authorize':
    case 'GET /login':
    case 'POST /oauth2/authorize':
      return await authorize(parts, request);
    case 'POST /oauth2/token':
      return await redeem(parts, request);
    case 'GET /oauth2/userInfo':
      return await userInfo(parts, request);
    case 'POST /oauth2/revoke':
      await parts.sessions.revokeRefreshToken(request.form.get('token') ?? '');
      return jsonAnswer({});
    case 'GET /logout':
      return logout(parts, request);
    default:
      return jsonAnswer({ message: `The local sign-in does not have ${request.method} ${request.path}.` }, 404);
  }
}

function discovery({ pool }: OidcParts): object {
  const base = new URL(pool.issuer).origin;
  return {
    issuer: pool.issuer,
    authorization_endpoint: `${base}/_local/signin/oauth2/authorize`,
    token_endpoint: `${base}/_local/signin/oauth2/token`,
    userinfo_endpoint: `${base}/_local/signin/oauth2/userInfo`,
    revocation_endpoint: `${base}/_local/signin/oauth2/revoke`,
    end_session_endpoint: `${base}/_local/signin/logout`,
    jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'phone'],
  };
}

/** Who the bearer of an access token is. */
async function userInfo(parts: OidcParts, { authorization }: SigninRequest): Promise<SigninAnswer> {
  try {
    const { sub = '' } = await parts.verify((authorization ?? '').replace(/^Bearer /i, ''));
    const email = parts.sessions.emails().find((one) => subjectOf(one) === sub);
    return jsonAnswer({ sub, username: sub, ...(email === undefined ? {} : { email, email_verified: 'true' }) });
  } catch {
    return oauthError('invalid_token', 'The token is not one of this sign-in, or too old.', 401);
  }
}

/** Nobody stays signed in here, so there is only the way back. */
function logout({ pool }: OidcParts, { query }: SigninRequest): SigninAnswer {
  const client = (pool.clients ?? []).find(({ id }) => id === query.get('client_id'));
  const to = query.get('logout_uri') ?? '';
  if (client !== undefined && to !== '' && isAllowedUrl(client.logoutUrls, to)) return redirect(to, {});
  const text = 'The client_id is unknown, or the logout_uri is none of its logout URLs.';
  return htmlAnswer(refusalPage('You are signed out here', text), 400);
}
