import type { JsonObject, Permission } from '../kernel/service.ts';
import type { Engine } from './engine.ts';
import type { Table } from './tables/table.ts';
import { tableArn, tableNameOf } from './tables/table-name.ts';
import type { AttributeValue } from './values/attribute-value.ts';

/**
 * What an operation on one table needs.
 *
 * @param leadingKeys partition key values that the request names.
 * @param enclosing the transaction that the operation is part of.
 */
export function tablePermission(
  engine: Engine,
  action: string,
  input: JsonObject,
  leadingKeys: readonly string[] = [],
  enclosing: 'TransactWriteItems' | 'TransactGetItems' | null = null,
): Permission {
  const name = tableNameOf(String(input['TableName'] ?? ''), engine.place);
  const index = input['IndexName'];
  return {
    action: `dynamodb:${action}`,
    resource: tableArn(engine.place, name) + (typeof index === 'string' ? `/index/${index}` : ''),
    ...((leadingKeys.length > 0 || enclosing !== null) && { context: contextOf(leadingKeys, enclosing) }),
  };
}

function contextOf(leadingKeys: readonly string[], enclosing: string | null): NonNullable<Permission['context']> {
  return {
    ...(leadingKeys.length > 0 && { 'dynamodb:LeadingKeys': [...new Set(leadingKeys)] }),
    ...(enclosing !== null && { 'dynamodb:EnclosingOperation': [enclosing] }),
  };
}

/** The table that a request names, as far as there is one. */
export function tableIn(engine: Engine, input: JsonObject): Table | null {
  return engine.tables.find(tableNameOf(String(input['TableName'] ?? ''), engine.place));
}

/** The partition key value in a key or an item, as IAM sees it; none where the request does not hold one. */
export function leadingKeyIn(table: Table | null, attributes: unknown): readonly string[] {
  if (table === null || typeof attributes !== 'object' || attributes === null) return [];
  const value = (attributes as JsonObject)[table.definition.keys.hash.name];
  return typeof value === 'object' && value !== null ? leadingKeyOf(value as AttributeValue) : [];
}

export function leadingKeyOf(value: AttributeValue): readonly string[] {
  const [text] = Object.values(value) as unknown[];
  return typeof text === 'string' ? [text] : [];
}
