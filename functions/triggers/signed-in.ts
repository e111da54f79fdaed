import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { HttpRequest } from './http.ts';

export interface SignedIn {
  readonly email: string;
  readonly groups: readonly string[];
}

/** Who the checked token of the request speaks for; null without one. The route's authorizer has verified it. */
export function personOf(request: HttpRequest): SignedIn | null {
  const { authorizer } = request.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']>;
  const claims = authorizer?.jwt.claims;
  const email = claims?.['email'] ?? claims?.['username'];
  if (typeof email !== 'string') return null;
  return { email, groups: groupsOf(claims?.['cognito:groups']) };
}

/** API Gateway hands a list claim over as text: `[a b]`. */
function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((group) => group !== '');
}
