import { projectedItem } from '../capacity.ts';
import type { Engine } from '../engine.ts';
import type { KeySpan } from '../expressions/key-condition.ts';
import type { Index, Table } from '../tables/table.ts';
import type { AttributeMap } from '../values/attribute-value.ts';
import { itemSizeBytes } from '../values/size.ts';
import { pageSql, type StartPosition } from './page-sql.ts';
import { isInSegment, type Segment } from './segment.ts';

const MAX_PAGE_BYTES = 1024 * 1024;

/** What to read, in the order of keys. */
export interface PageRequest {
  readonly table: Table;
  readonly index: Index | null;
  /** For a Query; null reads all. */
  readonly only: { readonly hash: Uint8Array; readonly span: KeySpan } | null;
  readonly isForward: boolean;
  /** Begins after this position. */
  readonly start: StartPosition | null;
  /** Items to look at, at most. */
  readonly limit: number | null;
  readonly segment: Segment | null;
  /** Whether to go from the index to the table for attributes that the index does not hold. */
  readonly wantsWholeItems: boolean;
}

export interface Page {
  /** As the table or index holds them, before any filter. */
  readonly items: readonly AttributeMap[];
  readonly sizeBytes: number;
  /** Whether reading stopped at the limit or at 1 MB, so that there may be more. */
  readonly isCut: boolean;
}

/** Reads one page. The item that passes 1 MB is the last one in it. */
export function readPage({ store }: Engine, request: PageRequest): Page {
  const { sql, parameters } = pageSql(request);
  const items: AttributeMap[] = [];
  let sizeBytes = 0;
  for (const row of store.statement(sql).iterate(...parameters)) {
    if (request.segment !== null && !isInSegment(row['hash'] as Uint8Array, request.segment)) continue;
    const { item, bytes } = asHeld(request, JSON.parse(row['item'] as string), row['size_bytes'] as number);
    items.push(item);
    sizeBytes += bytes;
    if (items.length === request.limit || sizeBytes >= MAX_PAGE_BYTES) return { items, sizeBytes, isCut: true };
  }
  return { items, sizeBytes, isCut: false };
}

function asHeld({ table, index, wantsWholeItems }: PageRequest, stored: AttributeMap, storedBytes: number): HeldItem {
  if (index === null || index.projection.type === 'ALL' || wantsWholeItems) {
    return { item: stored, bytes: storedBytes };
  }
  const item = projectedItem(table, index, stored);
  return { item, bytes: itemSizeBytes(item) };
}

interface HeldItem {
  readonly item: AttributeMap;
  readonly bytes: number;
}
