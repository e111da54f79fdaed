import * as z from 'zod';
import { parseUntrustedJson } from '../../shared/domain/untrusted-json.ts';
import { bodyBytes, type HttpAnswer, type HttpRequest, json } from './http.ts';

export type JsonBody<T> = { readonly value: T } | { readonly answer: HttpAnswer };

/** The body of a request as its schema has it, or the 400 that says what is wrong with it. An empty body is `{}`. */
export function jsonBody<T>(request: HttpRequest, schema: z.ZodType<T>): JsonBody<T> {
  const bytes = bodyBytes(request);
  const parsed = bytes.byteLength === 0 ? { ok: true as const, value: {} } : parseUntrustedJson(bytes);
  if (!parsed.ok) return { answer: json(400, { message: parsed.problem }) };
  const body = schema.safeParse(parsed.value);
  return body.success ? { value: body.data } : { answer: json(400, { message: z.prettifyError(body.error) }) };
}
