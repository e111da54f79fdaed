import { createHash } from 'node:crypto';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { type CapacityTally, consumedByMany, readUnits } from '../capacity.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { type CancellationReason, transactionCanceled, validationError } from '../errors.ts';
import { constraint, objectsIn, optionalString, refuseUnknown } from '../input.ts';
import { type CheckedWrite, checkWrite, type PlannedWrite, performWrite } from '../items/planned-write.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { itemSizeBytes } from '../values/size.ts';
import { refuseRepeatedItems } from './repeated-items.ts';
import { partOf, transactionParts } from './transaction-part.ts';

const MAX_PARTS = 100;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_TOKEN_LENGTH = 36;
const TOKEN_LIFE_MS = 10 * 60 * 1000;

export const transactWriteItems: OperationSpec = {
  name: 'TransactWriteItems',
  kind: 'write',
  members: ['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) =>
    objectsIn(input, 'TransactItems').map((entry) => {
      const { action, body } = partOf(entry);
      const attributes = body['Key'] ?? body['Item'];
      return tablePermission(engine, action, body, leadingKeyIn(tableIn(engine, body), attributes));
    }),
  run: (engine, input, tally) => {
    const planned = planParts(engine, input);
    const token = tokenIn(input);
    if (token !== null && isRepeated(engine, token, input)) return repeated(engine, planned, input, tally);
    for (const write of checkAll(engine, planned, tally)) performWrite(engine, write);
    if (token !== null) remember(engine, token, input);
    return consumedByMany(input, tally);
  },
};

function planParts(engine: Engine, input: JsonObject): readonly PlannedWrite[] {
  const entries = objectsIn(input, 'TransactItems');
  if (entries.length === 0)
    throw constraint('[]', 'transactItems', 'Member must have length greater than or equal to 1');
  if (entries.length > MAX_PARTS) {
    throw constraint('[...]', 'transactItems', `Member must have length less than or equal to ${MAX_PARTS}`);
  }
  const planned = entries.map((entry) => {
    const { kind, body } = partOf(entry);
    refuseUnknown(`TransactWriteItems ${kind}`, body, transactionParts[kind].members);
    return transactionParts[kind].plan(engine, body);
  });
  refuseRepeatedItems(planned, 'Transaction request cannot include multiple operations on one item');
  return planned;
}

/** Checks every part against the items as they are. @throws TransactionCanceledException if one does not go through. */
function checkAll(engine: Engine, planned: readonly PlannedWrite[], tally: CapacityTally): readonly CheckedWrite[] {
  const outcomes = planned.map((write) => checkPart(engine, write, tally));
  if (outcomes.some((outcome) => 'Code' in outcome)) {
    throw transactionCanceled(outcomes.map((outcome) => ('Code' in outcome ? outcome : { Code: 'None' })));
  }
  const checked = outcomes.filter((outcome) => !('Code' in outcome)) as readonly CheckedWrite[];
  const bytes = checked.reduce((sum, write) => sum + write.sizeBytesAfter, 0);
  if (bytes > MAX_BYTES) {
    throw validationError(`Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`);
  }
  return checked;
}

function checkPart(engine: Engine, write: PlannedWrite, tally: CapacityTally): CheckedWrite | CancellationReason {
  try {
    return checkWrite(engine, write, tally, 2);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.name === 'ConditionalCheckFailedException') return conditionFailed(error);
    return { Code: 'ValidationError', Message: error.message };
  }
}

function conditionFailed({ message, fields }: AwsError): CancellationReason {
  const item = fields['Item'] as AttributeMap | undefined;
  return { Code: 'ConditionalCheckFailed', Message: message, ...(item !== undefined && { Item: item }) };
}

function tokenIn(input: JsonObject): string | null {
  const token = optionalString(input, 'ClientRequestToken');
  if (token === null) return null;
  if (token.length < 1)
    throw constraint(token, 'clientRequestToken', 'Member must have length greater than or equal to 1');
  if (token.length <= MAX_TOKEN_LENGTH) return token;
  throw constraint(token, 'clientRequestToken', `Member must have length less than or equal to ${MAX_TOKEN_LENGTH}`);
}

/** @throws IdempotentParameterMismatchException if the token came before with another request. */
function isRepeated({ store, clock }: Engine, token: string, input: JsonObject): boolean {
  const row = store
    .statement('SELECT digest FROM dynamodb_transactions WHERE token = ? AND expires_at_ms > ?')
    .get(token, clock.now());
  if (row === undefined) return false;
  if (row['digest'] === digestOf(input)) return true;
  throw new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical',
  );
}

function remember({ store, clock }: Engine, token: string, input: JsonObject): void {
  const nowMs = Math.round(clock.now());
  store.statement('DELETE FROM dynamodb_transactions WHERE expires_at_ms <= ?').run(nowMs);
  store
    .statement('INSERT OR REPLACE INTO dynamodb_transactions (token, digest, expires_at_ms) VALUES (?, ?, ?)')
    .run(token, digestOf(input), nowMs + TOKEN_LIFE_MS);
}

/** A repeated transaction is not performed again; it costs reads instead. */
function repeated(
  engine: Engine,
  planned: readonly PlannedWrite[],
  input: JsonObject,
  tally: CapacityTally,
): JsonObject {
  for (const { table, key } of planned) {
    const item = engine.items.read(table, key)?.item;
    tally.add('read', table, readUnits(item === undefined ? 0 : itemSizeBytes(item), 'transaction'));
  }
  return consumedByMany(input, tally);
}

function digestOf(input: JsonObject): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(input['TransactItems'])))
    .digest('base64');
}

/** The same request may name its members in another order. */
function sorted(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  return Object.entries(json)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => [name, sorted(value)]);
}
