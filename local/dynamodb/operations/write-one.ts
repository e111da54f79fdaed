import type { JsonObject } from '../../kernel/service.ts';
import { consumedByOne } from '../capacity.ts';
import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { project } from '../expressions/projection.ts';
import { optionalWord } from '../input.ts';
import { type CheckedWrite, checkWrite, performWrite } from '../items/planned-write.ts';
import { leadingKeyIn, tableIn, tablePermission } from '../permissions.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { writeMembers } from './members.ts';
import { parseDelete } from './parse-delete.ts';
import { parsePut } from './parse-put.ts';
import { parseUpdateItem } from './parse-update-item.ts';
import { planned } from './parsed-write.ts';

export const putItem: OperationSpec = {
  name: 'PutItem',
  kind: 'write',
  members: [...writeMembers, 'Item', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) => [
    tablePermission(engine, 'PutItem', input, leadingKeyIn(tableIn(engine, input), input['Item'])),
  ],
  run: (engine, input, tally) => {
    const returned = returnValues(input, ['NONE', 'ALL_OLD']);
    const checked = checkWrite(engine, planned(engine, parsePut(input)), tally);
    performWrite(engine, checked);
    return { ...attributes(returned === 'ALL_OLD' ? beforeOf(checked) : null), ...consumedByOne(input, tally) };
  },
};

export const deleteItem: OperationSpec = {
  name: 'DeleteItem',
  kind: 'write',
  members: [...writeMembers, 'Key', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) => [
    tablePermission(engine, 'DeleteItem', input, leadingKeyIn(tableIn(engine, input), input['Key'])),
  ],
  run: (engine, input, tally) => {
    const returned = returnValues(input, ['NONE', 'ALL_OLD']);
    const checked = checkWrite(engine, planned(engine, parseDelete(input)), tally);
    performWrite(engine, checked);
    return { ...attributes(returned === 'ALL_OLD' ? beforeOf(checked) : null), ...consumedByOne(input, tally) };
  },
};

export const updateItem: OperationSpec = {
  name: 'UpdateItem',
  kind: 'write',
  members: [...writeMembers, 'Key', 'UpdateExpression', 'ReturnItemCollectionMetrics'],
  permissions: (engine, input) => [
    tablePermission(engine, 'UpdateItem', input, leadingKeyIn(tableIn(engine, input), input['Key'])),
  ],
  run: (engine, input, tally) => {
    const returned = returnValues(input, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']);
    const parsed = parseUpdateItem(input);
    const checked = checkWrite(engine, planned(engine, parsed), tally);
    performWrite(engine, checked);
    const whole = returned.endsWith('_OLD') ? beforeOf(checked) : checked.after;
    const shown = returned.startsWith('UPDATED_') && whole !== null ? project(whole, parsed.touched) : whole;
    return { ...attributes(returned === 'NONE' ? null : shown), ...consumedByOne(input, tally) };
  },
};

function beforeOf({ before }: CheckedWrite): AttributeMap | null {
  return before?.item ?? null;
}

function attributes(shown: AttributeMap | null): JsonObject {
  return shown === null || Object.keys(shown).length === 0 ? {} : { Attributes: shown };
}

type ReturnValues = 'NONE' | 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';
const allReturnValues: readonly ReturnValues[] = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'];

function returnValues(input: JsonObject, allowed: readonly ReturnValues[]): ReturnValues {
  const word = optionalWord(input, 'ReturnValues', allReturnValues) ?? 'NONE';
  if (allowed.includes(word)) return word;
  throw validationError('Return values set to invalid value');
}
