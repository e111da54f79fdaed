import type * as z from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Json } from '../kernel/service.ts';

export interface SurfaceInput {
  readonly query: URLSearchParams;
  /** The parsed body; null without one. */
  readonly body: Json;
  /** The bytes as they came, where a call takes something else than JSON or a form. */
  readonly raw: Buffer | null;
  /** Empty where the request names none. */
  readonly contentType: string;
  /** It was sent by the form of a page. */
  readonly isForm: boolean;
}

/** The body as JSON, or as the fields of a form. Throws a 400 that says what is wrong. */
export function bodyOf(body: Buffer | null, isForm: boolean): Json {
  if (body === null) throw new AwsError('BadRequest', 'The body is too large.', { status: 413 });
  if (body.length === 0) return null;
  if (isForm) return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    throw new AwsError('BadRequest', 'The body is not JSON.');
  }
}

/** The body in the form of the schema. Throws a 400 that names the first member that is wrong. */
export function parseBody<T>(input: SurfaceInput, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(input.body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AwsError('BadRequest', `The body is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}.`);
}

/** A query parameter that must be there. */
export function required(input: SurfaceInput, name: string): string {
  const value = input.query.get(name);
  if (value === null || value === '') throw new AwsError('BadRequest', `The query parameter ${name} is missing.`);
  return value;
}
