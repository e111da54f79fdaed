import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from './answer.ts';
import type { Cors } from './definition.ts';

/** The answer to a preflight request; null when the request is none or the API has no CORS settings. */
export function preflight(cors: Cors | null, request: IncomingMessage): HttpAnswer | null {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (cors === null || !isPreflight) return null;
  return {
    status: 204,
    headers: {
      ...corsHeaders(cors, request.headers.origin),
      ...listHeader('access-control-allow-methods', cors.allowMethods),
      ...listHeader('access-control-allow-headers', cors.allowHeaders),
      ...(cors.maxAgeSeconds === null ? {} : { 'access-control-max-age': String(cors.maxAgeSeconds) }),
    },
    body: Buffer.alloc(0),
  };
}

/** What every answer carries for an origin that is allowed. */
export function corsHeaders(cors: Cors | null, origin: string | undefined): Record<string, string> {
  if (cors === null || origin === undefined) return {};
  const allowed = cors.allowOrigins.includes(origin) ? origin : cors.allowOrigins.includes('*') ? '*' : null;
  if (allowed === null) return {};
  return {
    'access-control-allow-origin': allowed,
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...listHeader('access-control-expose-headers', cors.exposeHeaders),
  };
}

function listHeader(name: string, values: readonly string[]): Record<string, string> {
  return values.length === 0 ? {} : { [name]: values.join(',') };
}
