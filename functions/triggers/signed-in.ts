import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Reader } from '../../shared/contracts/index.ts';
import type { HttpRequest } from './http.ts';

export interface TokenHolder {
  readonly email: string;
  readonly groups: readonly string[];
  /** When the person last proved who they are; null where the token does not say. */
  readonly signedInAtMs: number | null;
}

/**
 * Who the checked token of the request speaks for; null without one. The route's authorizer has verified it. An address
 * that the pool has not verified may be anybody's; an access token of a user pool names nobody by address.
 */
export function personOf(request: HttpRequest): TokenHolder | null {
  const { authorizer } = request.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']>;
  const claims = authorizer?.jwt.claims;
  const email = claims?.['email'] ?? claims?.['username'];
  const isUnverified = claims?.['email'] !== undefined && String(claims['email_verified']) !== 'true';
  if (typeof email !== 'string' || isUnverified) return null;
  const signedInAt = Number(claims?.['auth_time'] ?? Number.NaN);
  return {
    email,
    groups: groupsOf(claims?.['cognito:groups']),
    signedInAtMs: Number.isFinite(signedInAt) ? signedInAt * 1_000 : null,
  };
}

/** What a token lets somebody read. */
export function readerOf({ email, groups }: Pick<TokenHolder, 'email' | 'groups'>): Reader {
  return { person: email, isOperator: groups.includes(OPERATORS) };
}

/** Made with the user pool. */
const OPERATORS = 'operators';

/** API Gateway hands a list claim over as text: `[a b]`. */
function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((group) => group !== '');
}
