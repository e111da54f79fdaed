import * as z from 'zod';
import { parseUntrustedJson } from '../../shared/domain/untrusted-json.ts';
import { bodyBytes, type HttpRequest } from './http.ts';

/** The JSON body of a request. @throws z.ZodError that says what is wrong with it. */
export function readBody<T>(request: HttpRequest, schema: z.ZodType<T>): T {
  const parsed = parseUntrustedJson(bodyBytes(request));
  if (!parsed.ok) throw new z.ZodError([{ code: 'custom', path: [], message: parsed.problem, input: undefined }]);
  return schema.parse(parsed.value);
}
