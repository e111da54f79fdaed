import type { IncomingHttpHeaders } from 'node:http';
import type { JWTPayload } from 'jose';
import type { JsonObject } from '../kernel/service.ts';
import type { Signin } from '../signin/index.ts';
import { type HttpAnswer, message } from './answer.ts';
import type { JwtAuthorizer, Route } from './definition.ts';
import { headerOf } from './event.ts';

/** The authorizer part of the event, or the answer that refuses the request. */
export type Authorization = { readonly context: JsonObject | null } | { readonly refusal: HttpAnswer };

/** Checks the token of a request against the route's JWT authorizer. */
export async function authorize(route: Route, headers: IncomingHttpHeaders, signin: Signin): Promise<Authorization> {
  const { authorizer } = route;
  if (authorizer === null) return { context: null };
  const claims = await claimsOf(authorizer, headers, signin);
  if (claims === null) return { refusal: message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' }) };
  const scopes = scopesOf(claims);
  if (route.scopes.length > 0 && !route.scopes.some((scope) => scopes.includes(scope))) {
    return { refusal: message(403, 'Forbidden', { 'www-authenticate': 'Bearer error="insufficient_scope"' }) };
  }
  return { context: { jwt: { claims: asTexts(claims), scopes: route.scopes.length > 0 ? scopes : null } } };
}

async function claimsOf(
  authorizer: JwtAuthorizer,
  headers: IncomingHttpHeaders,
  signin: Signin,
): Promise<JWTPayload | null> {
  const token = headerOf(headers, authorizer.header)?.replace(/^Bearer /i, '');
  if (token === undefined || token === '') return null;
  try {
    const claims = await signin.verify(token, authorizer.issuer);
    return isForAudience(claims, authorizer.audience) ? claims : null;
  } catch {
    return null;
  }
}

/** Access tokens have no `aud`; their `client_id` counts then. */
function isForAudience(claims: JWTPayload, audience: readonly string[]): boolean {
  const named = claims.aud === undefined ? [String(claims['client_id'])] : [claims.aud].flat();
  return named.some((one) => audience.includes(one));
}

function scopesOf(claims: JWTPayload): readonly string[] {
  const scope = claims['scope'] ?? claims['scp'];
  return typeof scope === 'string' ? scope.split(' ') : [];
}

/** Claims reach the function as text; a list as `[a b]`. */
function asTexts(claims: JWTPayload): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
}
