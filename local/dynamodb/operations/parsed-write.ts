import type { JsonObject } from '../../kernel/service.ts';
import type { Engine } from '../engine.ts';
import type { Condition } from '../expressions/condition.ts';
import { parseCondition } from '../expressions/parse-condition.ts';
import { Placeholders } from '../expressions/placeholders.ts';
import { optionalString, optionalWord } from '../input.ts';
import type { PlannedWrite } from '../items/planned-write.ts';
import type { Table } from '../tables/table.ts';

/** A write whose request is sound in itself; `plan` then holds it against the table. */
export interface ParsedWrite {
  readonly tableName: string;
  /** @throws ValidationException where key or attributes do not fit the table. */
  readonly plan: (table: Table) => PlannedWrite;
}

/** @throws ResourceNotFoundException, and what `plan` throws. */
export function planned(engine: Engine, { tableName, plan }: ParsedWrite): PlannedWrite {
  return plan(engine.tables.get(tableName));
}

/** The members that say when a write may go ahead, of a request without any other expression. */
export function parseGuard(input: JsonObject): Guard {
  const placeholders = new Placeholders(input, ['ConditionExpression']);
  const guard = parseGuardWith(input, placeholders);
  placeholders.refuseUnused();
  return guard;
}

export function parseGuardWith(input: JsonObject, placeholders: Placeholders): Guard {
  const text = optionalString(input, 'ConditionExpression');
  const onFailure = optionalWord(input, 'ReturnValuesOnConditionCheckFailure', ['ALL_OLD', 'NONE']);
  return {
    condition: text === null ? null : parseCondition('ConditionExpression', text, placeholders),
    showsItemOnFailure: onFailure === 'ALL_OLD',
  };
}

export interface Guard {
  readonly condition: Condition | null;
  readonly showsItemOnFailure: boolean;
}

export const MAX_ITEM_BYTES = 400 * 1024;
