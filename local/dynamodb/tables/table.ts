import type { JsonObject } from '../../kernel/service.ts';

export interface Table {
  /** Never given out twice, not even after the table is gone. */
  readonly id: number;
  readonly name: string;
  readonly createdAtMs: number;
  readonly definition: TableDefinition;
}

/** What a table is, apart from its name; kept as JSON. */
export interface TableDefinition {
  readonly keys: KeySchema;
  readonly indexes: readonly Index[];
  /** Numbers given to indexes so far; none is given out twice within a table. */
  readonly indexCount: number;
  /** The attribute that holds the expiry in epoch seconds, or null when items do not expire. */
  readonly timeToLiveAttribute: string | null;
  readonly isProtected: boolean;
  /** Null when the table is billed per request. */
  readonly throughput: Throughput | null;
  /** Settings that change nothing here and that DescribeTable gives back. */
  readonly described: JsonObject;
}

export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range: KeyAttribute | null;
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

export type KeyType = 'S' | 'N' | 'B';

export interface Index {
  readonly id: number;
  readonly name: string;
  readonly scope: 'global' | 'local';
  readonly keys: KeySchema;
  readonly projection: Projection;
  readonly throughput: Throughput | null;
}

export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly attributes: readonly string[];
}

export interface Throughput {
  readonly readUnits: number;
  readonly writeUnits: number;
}

export function keyAttributesOf({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range === null ? [hash] : [hash, range];
}

/** Attributes that the index holds; null for all. */
export function projectedAttributes(table: Table, { keys, projection }: Index): ReadonlySet<string> | null {
  if (projection.type === 'ALL') return null;
  const keyNames = [...keyAttributesOf(table.definition.keys), ...keyAttributesOf(keys)].map(({ name }) => name);
  return new Set([...keyNames, ...projection.attributes]);
}
