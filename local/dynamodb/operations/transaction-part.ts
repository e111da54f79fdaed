import type { JsonObject } from '../../kernel/service.ts';
import { validationError } from '../errors.ts';
import { asObject, constraint, objectsIn, requiredList } from '../input.ts';
import { parseConditionCheck, parseDelete } from './parse-delete.ts';
import { parsePut } from './parse-put.ts';
import { parseUpdateItem } from './parse-update-item.ts';
import type { ParsedWrite } from './parsed-write.ts';

export type PartKind = 'ConditionCheck' | 'Put' | 'Update' | 'Delete';

/** How each kind of part of a transaction is read, and which members it has. */
export const transactionParts: Readonly<Record<PartKind, PartReader>> = {
  ConditionCheck: { members: withCommon('Key'), parse: parseConditionCheck },
  Put: { members: withCommon('Item'), parse: parsePut },
  Update: { members: withCommon('Key', 'UpdateExpression'), parse: parseUpdateItem },
  Delete: { members: withCommon('Key'), parse: parseDelete },
};

interface PartReader {
  readonly members: readonly string[];
  readonly parse: (body: JsonObject) => ParsedWrite;
}

const actions: Readonly<Record<PartKind, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
};

/** One entry of TransactItems; `action` is what IAM asks for. @throws ValidationException unless it is of one kind. */
export function partOf(entry: JsonObject): {
  readonly kind: PartKind;
  readonly action: string;
  readonly body: JsonObject;
} {
  const kinds = (Object.keys(actions) as PartKind[]).filter((kind) => (entry[kind] ?? null) !== null);
  const [kind, ...others] = kinds;
  if (kind === undefined) {
    throw validationError('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
  }
  if (others.length > 0) throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  return { kind, action: actions[kind], body: asObject(entry[kind] ?? null, kind) };
}

function withCommon(...members: readonly string[]): readonly string[] {
  return [
    'TableName',
    'ConditionExpression',
    'ExpressionAttributeNames',
    'ExpressionAttributeValues',
    'ReturnValuesOnConditionCheckFailure',
    ...members,
  ];
}

const MAX_PARTS = 100;

/** TransactItems of a transaction. @throws ValidationException if there are none or more than 100. */
export function transactEntries(input: JsonObject): readonly JsonObject[] {
  requiredList(input, 'TransactItems');
  const entries = objectsIn(input, 'TransactItems');
  if (entries.length === 0) {
    throw constraint('[]', 'transactItems', 'Member must have length greater than or equal to 1');
  }
  if (entries.length <= MAX_PARTS) return entries;
  throw constraint('[...]', 'transactItems', `Member must have length less than or equal to ${MAX_PARTS}`);
}
