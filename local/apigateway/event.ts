import type { IncomingHttpHeaders } from 'node:http';
import type { Json, JsonObject } from '../kernel/service.ts';

export interface EventSource {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** Name, value, name, value ... as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly authorizer: JsonObject | null;
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly requestId: string;
  readonly traceId: string;
  readonly timeMs: number;
}

/** The event that a function gets for an HTTP request, payload format 2.0. */
export function toEvent(source: EventSource): JsonObject {
  const { path, query } = splitUrl(source.url);
  const { headers, cookies } = collectHeaders(source);
  const body = encodeBody(source.body, headers['content-type']);
  return {
    version: '2.0',
    routeKey: source.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query === '' ? {} : { queryStringParameters: queryParameters(query) }),
    requestContext: requestContext(source, path, headers),
    ...(isEmpty(source.pathParameters) ? {} : { pathParameters: source.pathParameters }),
    ...(isEmpty(source.stageVariables) ? {} : { stageVariables: source.stageVariables }),
    ...body,
  };
}

/** API Gateway hands paths over percent-decoded and queries as they came. */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return { path: decode(path), query: at < 0 ? '' : url.slice(at + 1) };
}

function requestContext(source: EventSource, path: string, headers: Readonly<Record<string, string>>): JsonObject {
  const host = headers['host'] ?? '';
  return {
    accountId: source.accountId,
    apiId: source.apiId,
    ...(source.authorizer === null ? {} : { authorizer: source.authorizer }),
    domainName: host,
    domainPrefix: host.split('.')[0] ?? '',
    http: {
      method: source.method,
      path,
      protocol: source.protocol,
      sourceIp: source.sourceIp,
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: source.requestId,
    routeKey: source.routeKey,
    stage: source.stage,
    time: requestTime(source.timeMs),
    timeEpoch: Math.floor(source.timeMs),
  };
}

/** Repeated headers are joined by commas; cookies stand apart. */
function collectHeaders(source: EventSource): { headers: Record<string, string>; cookies: string[] } {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let at = 0; at + 1 < source.rawHeaders.length; at += 2) {
    const name = (source.rawHeaders[at] ?? '').toLowerCase();
    const value = source.rawHeaders[at + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split('; '));
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  headers['x-amzn-trace-id'] = source.traceId;
  headers['x-forwarded-for'] = [headers['x-forwarded-for'], source.sourceIp].filter(Boolean).join(', ');
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-forwarded-port'] ??= (headers['host'] ?? '').split(':')[1] ?? '80';
  return { headers, cookies };
}

/** Bodies of text types are text; everything else is base64, forms included. */
function encodeBody(body: Buffer, contentType: string | undefined): JsonObject {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = TEXT_TYPES.test((contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

const TEXT_TYPES = /^(text\/.+|application\/(.+\+)?(json|xml)|application\/javascript)$/;

function queryParameters(query: string): JsonObject {
  const parameters: Record<string, Json> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    parameters[key] = parameters[key] === undefined ? value : `${parameters[key]},${value}`;
  }
  return parameters;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
function requestTime(timeMs: number): string {
  const date = new Date(timeMs);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}/${month}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}

/** One value of a request's header. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
