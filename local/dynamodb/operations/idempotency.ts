import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { Json, JsonObject } from '../../kernel/service.ts';
import type { Engine } from '../engine.ts';
import { constraint, optionalString } from '../input.ts';

const MAX_TOKEN_LENGTH = 36;
const TOKEN_LIFE_MS = 10 * 60 * 1000;

/** The ClientRequestToken, or null. @throws ValidationException if it is too short or too long. */
export function tokenIn(input: JsonObject): string | null {
  const token = optionalString(input, 'ClientRequestToken');
  if (token === null || (token.length >= 1 && token.length <= MAX_TOKEN_LENGTH)) return token;
  const rule = token === '' ? 'greater than or equal to 1' : `less than or equal to ${MAX_TOKEN_LENGTH}`;
  throw constraint(token, 'clientRequestToken', `Member must have length ${rule}`);
}

/**
 * Whether this request was performed with this token in the last ten minutes.
 *
 * @throws IdempotentParameterMismatchException if the token came with another request.
 */
export function isRepeated({ store, clock }: Engine, token: string, input: JsonObject): boolean {
  const row = store
    .statement('SELECT digest FROM dynamodb_transactions WHERE token = ? AND expires_at_ms > ?')
    .get(token, Math.floor(clock.now()));
  if (row === undefined) return false;
  if (row['digest'] === digestOf(input)) return true;
  throw new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical',
  );
}

/** Within the write that performs the request. */
export function remember({ store, clock }: Engine, token: string, input: JsonObject): void {
  const nowMs = Math.floor(clock.now());
  store.statement('DELETE FROM dynamodb_transactions WHERE expires_at_ms <= ?').run(nowMs);
  store
    .statement('INSERT OR REPLACE INTO dynamodb_transactions (token, digest, expires_at_ms) VALUES (?, ?, ?)')
    .run(token, digestOf(input), nowMs + TOKEN_LIFE_MS);
}

function digestOf(input: JsonObject): string {
  return createHash('sha256')
    .update(JSON.stringify(inOrder(input['TransactItems'] ?? null)))
    .digest('base64');
}

/** The same request may name its members in another order. */
function inOrder(json: Json): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map(inOrder);
  if (typeof json !== 'object' || json === null) return json;
  return Object.entries(json as JsonObject)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => [name, inOrder(value)]);
}
