import type { Json } from '../kernel/service.ts';
import { isObject } from '../template/intrinsics.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** What a function's result means as an HTTP answer; null where API Gateway would answer 500 for its form. */
export function toAnswer(result: Json): HttpAnswer | null {
  if (!isObject(result) || !('statusCode' in result)) return inferred(result);
  const status = Number(result['statusCode']);
  if (!Number.isInteger(status) || status < 100 || status > 599) return null;
  const headers = headersOf(result['headers'], result['cookies']);
  if (headers === null) return null;
  const body = bodyOf(result['body'], result['isBase64Encoded'] === true);
  return body === null ? null : { status, headers, body };
}

/** An answer of API Gateway itself. */
export function message(status: number, text: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const body = Buffer.from(JSON.stringify({ message: text }));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** A result without a status is the body of a 200. */
function inferred(result: Json): HttpAnswer {
  const body = Buffer.from(typeof result === 'string' ? result : JSON.stringify(result));
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function headersOf(given: Json | undefined, cookies: Json | undefined): Record<string, string | string[]> | null {
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain;charset=UTF-8' };
  if (given !== undefined && given !== null && !isObject(given)) return null;
  for (const [name, value] of Object.entries(given ?? {})) {
    if (typeof value === 'object') return null;
    headers[name.toLowerCase()] = String(value);
  }
  if (Array.isArray(cookies) && cookies.length > 0) headers['set-cookie'] = cookies.map(String);
  return headers;
}

function bodyOf(body: Json | undefined, isBase64: boolean): Buffer | null {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'object') return null;
  return Buffer.from(String(body), isBase64 ? 'base64' : 'utf8');
}
