import type { JsonObject } from '../../kernel/service.ts';
import type { OperationSpec } from '../engine.ts';
import { validationError } from '../errors.ts';
import { type KeyCondition, keyConditionOf } from '../expressions/key-condition.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { optionalBoolean, optionalString, requiredString } from '../input.ts';
import { encodeKeyValue } from '../keys/encode-key.ts';
import { parseStartKey } from '../keys/start-key.ts';
import { leadingKeyOf, tableIn, tablePermission } from '../permissions.ts';
import type { Index, Table } from '../tables/table.ts';
import { answerPage, indexIn, limitIn, pageMembers } from './read-page.ts';
import {
  needsWholeItems,
  parseSelection,
  refuseKeysInFilter,
  refuseUnprojected,
  refuseUnprojectedFilter,
} from './selection.ts';

export const query: OperationSpec = {
  name: 'Query',
  kind: 'read',
  members: [...pageMembers, 'KeyConditionExpression', 'ScanIndexForward'],
  permissions: (engine, input) => [tablePermission(engine, 'Query', input, leadingKeys(tableIn(engine, input), input))],
  run: (engine, input, tally) => {
    const placeholders = new Placeholders(input, [
      'FilterExpression',
      'KeyConditionExpression',
      'ProjectionExpression',
    ]);
    const condition = parseKeyCondition(input, placeholders);
    const selection = parseSelection(input, placeholders);
    placeholders.refuseUnused();
    const limit = limitIn(input);
    const table = engine.tables.get(requiredString(input, 'TableName'));
    const index = indexIn(input, table);
    const keyCondition = keyConditionOf(condition, index?.keys ?? table.definition.keys, index);
    refuseKeysInFilter(table, index, selection);
    refuseUnprojected(table, index, selection);
    refuseUnprojectedFilter(table, index, selection);
    const request = {
      table,
      index,
      only: { hash: encodeKeyValue(keyCondition.hash), span: keyCondition.span },
      isForward: optionalBoolean(input, 'ScanIndexForward') ?? true,
      start: startIn(input, table, index, keyCondition),
      limit,
      segment: null,
      wantsWholeItems: needsWholeItems(table, index, selection),
    };
    return answerPage(engine, input, request, selection, tally);
  },
};

function parseKeyCondition(input: JsonObject, placeholders: Placeholders) {
  const text = optionalString(input, 'KeyConditionExpression');
  if (text !== null) return parseCondition('KeyConditionExpression', text, placeholders);
  throw validationError(
    'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
  );
}

function startIn(input: JsonObject, table: Table, index: Index | null, within: KeyCondition) {
  const start = input['ExclusiveStartKey'] ?? null;
  return start === null ? null : parseStartKey(table, index, within, start);
}

/** The hash key of the query; none where the request is at fault, for then it is refused anyway. */
function leadingKeys(table: Table | null, input: JsonObject): readonly string[] {
  if (table === null) return [];
  try {
    const index = indexIn(input, table);
    const condition = parseKeyCondition(input, new Placeholders(input, ['KeyConditionExpression']));
    return leadingKeyOf(keyConditionOf(condition, index?.keys ?? table.definition.keys, index).hash);
  } catch {
    return [];
  }
}
