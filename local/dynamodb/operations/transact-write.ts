import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject } from '../../kernel/service.ts';
import { type CapacityTally, consumedByMany, readUnits } from '../capacity.ts';
import type { Engine, OperationSpec } from '../engine.ts';
import { type CancellationReason, transactionCanceled, validationError } from '../errors.ts';
import { objectsIn, refuseUnknown } from '../input.ts';
import { type CheckedWrite, checkWrite, type PlannedWrite, performWrite } from '../items/planned-write.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { isRepeated, remember, tokenIn } from './idempotency.ts';
import type { ParsedWrite } from './parsed-write.ts';
import { refuseRepeatedItems } from './repeated-items.ts';
import { partOf, transactEntries, transactionParts } from './transaction-part.ts';

const MAX_BYTES = 4 * 1024 * 1024;

export const transactWriteItems: OperationSpec = {
  name: 'TransactWriteItems',
  kind: 'write',
  members: ['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) =>
    objectsIn(input, 'TransactItems').map((entry) => {
      const { action, body } = partOf(entry);
      const attributes = body['Key'] ?? body['Item'];
      return tablePermission(
        engine,
        action,
        body,
        leadingKeyIn(tableIn(engine, body), attributes),
        'TransactWriteItems',
      );
    }),
  run: (engine, input, tally) => {
    const token = tokenIn(input);
    const parts = planParts(engine, transactEntries(input).map(parsePart));
    if (token !== null && isRepeated(engine, token, input)) return repeated(engine, parts, input, tally);
    for (const write of checkAll(engine, parts, tally)) performWrite(engine, write);
    if (token !== null) remember(engine, token, input);
    return consumedByMany(input, tally);
  },
};

/** A part of the transaction, or why it cannot go through. */
type Part<T> = T | CancellationReason;

function parsePart(entry: JsonObject): ParsedWrite {
  const { kind, body } = partOf(entry);
  refuseUnknown(`TransactWriteItems ${kind}`, body, transactionParts[kind].members);
  return transactionParts[kind].parse(body);
}

function planParts(engine: Engine, parsed: readonly ParsedWrite[]): readonly Part<PlannedWrite>[] {
  const tables = parsed.map(({ tableName }) => engine.tables.get(tableName));
  const parts = parsed.map(({ plan }, at) => {
    const table = tables[at];
    if (table === undefined) throw new TypeError('a part without a table');
    return orReason(() => plan(table));
  });
  refuseRepeatedItems(parts.filter(isSound), 'Transaction request cannot include multiple operations on one item');
  return parts;
}

/** Checks every part against the items as they are. @throws TransactionCanceledException if one does not go through. */
function checkAll(engine: Engine, parts: readonly Part<PlannedWrite>[], tally: CapacityTally): readonly CheckedWrite[] {
  const outcomes = parts.map((part) => (isSound(part) ? orReason(() => checkWrite(engine, part, tally, 2)) : part));
  const checked = outcomes.filter(isSound);
  if (checked.length < outcomes.length) {
    throw transactionCanceled(outcomes.map((outcome) => (isSound(outcome) ? { Code: 'None' } : outcome)));
  }
  const bytes = checked.reduce((sum, write) => sum + write.sizeBytesAfter, 0);
  if (bytes <= MAX_BYTES) return checked;
  throw validationError(`Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`);
}

function isSound<T extends object>(part: Part<T>): part is T {
  return !('Code' in part);
}

function orReason<T>(work: () => T): T | CancellationReason {
  try {
    return work();
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

/** A repeated transaction is not performed again; it costs reads instead. */
function repeated(
  engine: Engine,
  parts: readonly Part<PlannedWrite>[],
  input: JsonObject,
  tally: CapacityTally,
): JsonObject {
  for (const { table, key } of parts.filter(isSound)) {
    tally.add('read', table, readUnits(engine.items.read(table, key)?.sizeBytes ?? 0, 'transaction'));
  }
  return consumedByMany(input, tally);
}
