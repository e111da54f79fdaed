import type { JsonObject } from '../../kernel/service.ts';
import { optionalText } from './fields.ts';
import { invalidToken } from './refusals.ts';

/** The `nextToken` of a list: where the next page begins. */
export function pageToken(last: string | number): string {
  return Buffer.from(JSON.stringify({ after: String(last) })).toString('base64url');
}

/** What the page before ended with; null for the first page. Throws InvalidToken. */
export function pageAfter(input: JsonObject): string | null {
  const token = optionalText(input, 'nextToken');
  if (token === null) return null;
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { after?: unknown };
    if (typeof after === 'string') return after;
  } catch {
    // falls through: a token that cannot be read is refused below
  }
  throw invalidToken();
}
