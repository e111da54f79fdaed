import type { JsonObject } from '../../kernel/service.ts';
import type { Engine } from '../engine.ts';
import { validationError } from '../errors.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import type { Condition } from '../expressions/condition.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import { parseUpdate } from '../expressions/parse-update.ts';
import type { Path } from '../expressions/path.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { pathsOf, type Update } from '../expressions/update.ts';
import { optionalString, optionalWord, requiredObject, requiredString } from '../input.ts';
import type { PlannedWrite } from '../items/planned-write.ts';
import { checkIndexKeys } from '../keys/index-key.ts';
import { encodeKey, keyOfItem, parseKey } from '../keys/item-key.ts';
import { keyAttributesOf, type Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { parseAttributeMap } from '../values/parse-value.ts';
import { itemSizeBytes } from '../values/size.ts';

const MAX_ITEM_BYTES = 400 * 1024;

/** Plans a PutItem, alone or as part of a transaction. */
export function planPut(engine: Engine, input: JsonObject): PlannedWrite {
  const item = parseAttributeMap(requiredObject(input, 'Item'));
  const condition = parseOnlyCondition(input);
  const table = engine.tables.get(requiredString(input, 'TableName'));
  return { ...plannedPut(table, item), condition, ...failureSetting(input) };
}

/** An unconditional put, as in a batch. */
export function plannedPut(table: Table, item: AttributeMap): PlannedWrite {
  const key = keyOfItem(table, item);
  checkIndexKeys(table, item, 'put');
  if (itemSizeBytes(item) > MAX_ITEM_BYTES) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
  return { table, key, condition: null, showsItemOnFailure: false, changes: true, next: () => item };
}

export function planDelete(engine: Engine, input: JsonObject): PlannedWrite {
  const condition = parseOnlyCondition(input);
  const table = engine.tables.get(requiredString(input, 'TableName'));
  const key = encodeKey(table, parseKey(table, requiredObject(input, 'Key')));
  return { table, key, condition, ...failureSetting(input), changes: true, next: () => null };
}

export function planConditionCheck(engine: Engine, input: JsonObject): PlannedWrite {
  requiredString(input, 'ConditionExpression');
  return { ...planDelete(engine, input), changes: false, next: (before) => before };
}

/** Plans an UpdateItem. `touched` are the paths that its expression changes. */
export function planUpdate(engine: Engine, input: JsonObject): PlannedWrite & { readonly touched: readonly Path[] } {
  const placeholders = new Placeholders(input, ['UpdateExpression', 'ConditionExpression']);
  const text = optionalString(input, 'UpdateExpression');
  const update = text === null ? null : parseUpdate(text, placeholders);
  const condition = parseConditionIn(input, placeholders);
  placeholders.refuseUnused();
  const table = engine.tables.get(requiredString(input, 'TableName'));
  const keyAttributes = parseKey(table, requiredObject(input, 'Key'));
  const touched = update === null ? [] : pathsOf(update);
  refuseKeyPaths(table, touched);
  return {
    table,
    key: encodeKey(table, keyAttributes),
    condition,
    ...failureSetting(input),
    changes: true,
    touched,
    next: (before) => updated(table, update, before ?? keyAttributes),
  };
}

function updated(table: Table, update: Update | null, before: AttributeMap): AttributeMap {
  if (update === null) return before;
  const after = applyUpdate(update, before);
  checkIndexKeys(table, after, 'update');
  if (itemSizeBytes(after) > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return after;
}

function refuseKeyPaths(table: Table, touched: readonly Path[]): void {
  for (const { name } of keyAttributesOf(table.definition.keys)) {
    if (!touched.some(([first]) => first === name)) continue;
    throw validationError(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
}

function parseOnlyCondition(input: JsonObject): Condition | null {
  const placeholders = new Placeholders(input, ['ConditionExpression']);
  const condition = parseConditionIn(input, placeholders);
  placeholders.refuseUnused();
  return condition;
}

function parseConditionIn(input: JsonObject, placeholders: Placeholders): Condition | null {
  const text = optionalString(input, 'ConditionExpression');
  return text === null ? null : parseCondition('ConditionExpression', text, placeholders);
}

function failureSetting(input: JsonObject): { readonly showsItemOnFailure: boolean } {
  const setting = optionalWord(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE']);
  return { showsItemOnFailure: setting === 'ALL_OLD' };
}
