import type { RestRoute } from '../endpoint/routes.ts';

/** Where SDK clients reach the operations of SES v2. */
export const sesRoutes: readonly RestRoute[] = [
  route('POST', 'outbound-emails', 'SendEmail'),
  route('GET', 'account', 'GetAccount'),
  route('POST', 'identities', 'CreateEmailIdentity'),
  route('GET', 'identities', 'ListEmailIdentities'),
  route('GET', 'identities/{EmailIdentity}', 'GetEmailIdentity'),
  route('DELETE', 'identities/{EmailIdentity}', 'DeleteEmailIdentity'),
  route('PUT', 'suppression/addresses', 'PutSuppressedDestination'),
  route('GET', 'suppression/addresses', 'ListSuppressedDestinations'),
  route('GET', 'suppression/addresses/{EmailAddress}', 'GetSuppressedDestination'),
  route('DELETE', 'suppression/addresses/{EmailAddress}', 'DeleteSuppressedDestination'),
];

function route(method: string, path: string, operation: string): RestRoute {
  return { method, path: `/v2/email/${path}`, service: 'ses', operation };
}
