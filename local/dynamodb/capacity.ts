import type { JsonObject } from '../kernel/service.ts';
import { optionalWord } from './input.ts';
import { type Index, projectedAttributes, type Table } from './tables/table.ts';
import { type AttributeMap, attributeOf, emptyAttributeMap } from './values/attribute-value.ts';
import { valuesEqual } from './values/compare.ts';
import { itemSizeBytes } from './values/size.ts';

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** Read units for so many bytes read at once: half price when the read may be stale, double in a transaction. */
export function readUnits(bytes: number, mode: 'eventual' | 'consistent' | 'transaction'): number {
  const units = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  return units * (mode === 'eventual' ? 0.5 : mode === 'consistent' ? 1 : 2);
}

/** Write units for one item: by the larger of before and after. */
export function writeUnits(bytesBefore: number, bytesAfter: number): number {
  return Math.max(1, Math.ceil(Math.max(bytesBefore, bytesAfter) / WRITE_UNIT_BYTES));
}

/** Write units in one index: one write for an entry that appears, goes or changes, two for one that moves. */
export function indexWriteUnits(
  table: Table,
  index: Index,
  before: AttributeMap | null,
  after: AttributeMap | null,
): number {
  const [old, next] = [entryOf(table, index, before), entryOf(table, index, after)];
  if (old !== null && next !== null) {
    if (valuesEqual({ M: old }, { M: next })) return 0;
    if (!hasSameKeys(index, old, next)) return sizeUnits(old) + sizeUnits(next);
    return Math.max(sizeUnits(old), sizeUnits(next));
  }
  const only = old ?? next;
  return only === null ? 0 : sizeUnits(only);
}

/** The item as the index holds it. */
export function projectedItem(table: Table, index: Index, item: AttributeMap): AttributeMap {
  const names = projectedAttributes(table, index);
  if (names === null) return item;
  const projected = emptyAttributeMap();
  for (const name of names) {
    const value = attributeOf(item, name);
    if (value !== undefined) projected[name] = value;
  }
  return projected;
}

function entryOf(table: Table, index: Index, item: AttributeMap | null): AttributeMap | null {
  if (item === null) return null;
  const { hash, range } = index.keys;
  if (attributeOf(item, hash.name) === undefined) return null;
  if (range !== null && attributeOf(item, range.name) === undefined) return null;
  return projectedItem(table, index, item);
}

function hasSameKeys({ keys: { hash, range } }: Index, left: AttributeMap, right: AttributeMap): boolean {
  return [hash, range].every((attribute) => {
    if (attribute === null) return true;
    const [mine, other] = [attributeOf(left, attribute.name), attributeOf(right, attribute.name)];
    return mine !== undefined && other !== undefined && valuesEqual(mine, other);
  });
}

function sizeUnits(item: AttributeMap): number {
  return Math.ceil(itemSizeBytes(item) / WRITE_UNIT_BYTES);
}

/** What one request consumed, by table and index. */
export class CapacityTally {
  readonly #tables = new Map<string, TableUnits>();

  add(kind: 'read' | 'write', table: Table, units: number, index: Index | null = null): void {
    const sum = this.#tables.get(table.name) ?? newTableUnits();
    this.#tables.set(table.name, sum);
    sum[kind] += units;
    if (index === null) sum.table += units;
    else sum[index.scope].set(index.name, (sum[index.scope].get(index.name) ?? 0) + units);
  }

  get readUnits(): number {
    return this.#total('read');
  }

  get writeUnits(): number {
    return this.#total('write');
  }

  /** ConsumedCapacity for each table, as far as the request asks for it. */
  reports(input: JsonObject): readonly JsonObject[] {
    const wanted = optionalWord(input, 'ReturnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE']) ?? 'NONE';
    if (wanted === 'NONE') return [];
    return [...this.#tables].map(([name, units]) => ({
      TableName: name,
      CapacityUnits: units.read + units.write,
      ...(wanted === 'INDEXES' && {
        Table: { CapacityUnits: units.table },
        ...byIndex('GlobalSecondaryIndexes', units.global),
        ...byIndex('LocalSecondaryIndexes', units.local),
      }),
    }));
  }

  #total(kind: 'read' | 'write'): number {
    let total = 0;
    for (const units of this.#tables.values()) total += units[kind];
    return total;
  }
}

/** `{ ConsumedCapacity }` of a request on one table, or nothing. */
export function consumedByOne(input: JsonObject, tally: CapacityTally): JsonObject {
  const [report] = tally.reports(input);
  return report === undefined ? {} : { ConsumedCapacity: report };
}

/** `{ ConsumedCapacity }` of a request on several tables, or nothing. */
export function consumedByMany(input: JsonObject, tally: CapacityTally): JsonObject {
  const reports = tally.reports(input);
  return reports.length === 0 ? {} : { ConsumedCapacity: reports };
}

interface TableUnits {
  read: number;
  write: number;
  table: number;
  readonly global: Map<string, number>;
  readonly local: Map<string, number>;
}

function newTableUnits(): TableUnits {
  return { read: 0, write: 0, table: 0, global: new Map(), local: new Map() };
}

function byIndex(name: string, units: ReadonlyMap<string, number>): JsonObject {
  if (units.size === 0) return {};
  return { [name]: Object.fromEntries([...units].map(([index, CapacityUnits]) => [index, { CapacityUnits }])) };
}
