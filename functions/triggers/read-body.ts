import * as z from 'zod';
import { parseUntrustedJson } from '../../shared/domain/untrusted-json.ts';
import { bodyBytes, type HttpRequest } from './http.ts';

/** What came is not what is asked for; the message says where and how. */
export class UnfitBody extends Error {
  override readonly name = 'UnfitBody';
}

/** The JSON body of a request as its schema has it; an empty body is `{}`. @throws UnfitBody */
export function readBody<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const bytes = bodyBytes(request);
  const parsed = bytes.byteLength === 0 ? { ok: true as const, value: {} } : parseUntrustedJson(bytes);
  if (!parsed.ok) throw new UnfitBody(parsed.problem);
  const body = schema.safeParse(parsed.value);
  if (!body.success) throw new UnfitBody(z.prettifyError(body.error));
  return body.data;
}
