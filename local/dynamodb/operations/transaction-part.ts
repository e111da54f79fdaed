import type { JsonObject } from '../../kernel/service.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { asObject } from '../input.ts';
import type { PlannedWrite } from '../items/planned-write.ts';
import { planConditionCheck, planDelete, planPut, planUpdate } from './plan-write.ts';

export type PartKind = 'ConditionCheck' | 'Put' | 'Update' | 'Delete';

/** How each kind of part of a transaction is read, and which members it has. */
export const transactionParts: Readonly<
  Record<
    PartKind,
    { readonly members: readonly string[]; readonly plan: (engine: Engine, body: JsonObject) => PlannedWrite }
  >
> = {
  ConditionCheck: { members: withCommon('Key'), plan: planConditionCheck },
  Put: { members: withCommon('Item'), plan: planPut },
  Update: { members: withCommon('Key', 'UpdateExpression'), plan: planUpdate },
  Delete: { members: withCommon('Key'), plan: planDelete },
};

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
