import type { Bound } from '../expressions/key-condition.ts';
import type { PageRequest } from './page.ts';

/** A place in the order that a page is read in: one part for each ordered column. */
export type StartPosition = readonly Uint8Array[];

export interface PageSql {
  readonly sql: string;
  readonly parameters: readonly (Uint8Array | number)[];
}

/**
 * The statement that reads items in the order of keys. There are few different texts, so that they stay prepared.
 * A start takes the place of the bound on its side: it lies within, and SQLite seeks by one bound only.
 */
export function pageSql(request: PageRequest): PageSql {
  const { from, columns, fixed } = request.index === null ? tableSource(request) : indexSource(request);
  const isQuery = request.only !== null;
  const ordered = isQuery ? columns.slice(1) : columns;
  const clauses = [...fixed, ...(isQuery ? [{ sql: `${columns[0]} = ?`, parameters: [request.only.hash] }] : [])];
  clauses.push(...boundClauses(request, ordered));
  const direction = request.isForward ? 'ASC' : 'DESC';
  return {
    sql: `SELECT i.item AS item, i.size_bytes AS size_bytes, i.hash AS hash FROM ${from}
      WHERE ${clauses.map((clause) => clause.sql).join(' AND ')}
      ORDER BY ${ordered.map((column) => `${column} ${direction}`).join(', ')}`,
    parameters: clauses.flatMap((clause) => clause.parameters),
  };
}

interface Clause {
  readonly sql: string;
  readonly parameters: readonly (Uint8Array | number)[];
}

interface Source {
  readonly from: string;
  readonly columns: readonly string[];
  readonly fixed: readonly Clause[];
}

function tableSource({ table }: PageRequest): Source {
  return {
    from: 'dynamodb_items i',
    columns: ['i.hash', 'i.range'],
    fixed: [{ sql: 'i.table_id = ?', parameters: [table.id] }],
  };
}

function indexSource({ table, index }: PageRequest): Source {
  return {
    from: 'dynamodb_index_entries e CROSS JOIN dynamodb_items i ON i.id = e.item_id',
    columns: ['e.index_hash', 'e.index_range', 'e.hash', 'e.range'],
    fixed: [{ sql: 'e.table_id = ? AND e.index_id = ?', parameters: [table.id, index?.id ?? 0] }],
  };
}

function boundClauses({ only, start, isForward }: PageRequest, ordered: readonly string[]): readonly Clause[] {
  const clauses: Clause[] = [];
  const range = ordered[0] ?? '';
  if (start !== null) {
    const places = ordered.map(() => '?').join(', ');
    clauses.push({ sql: `(${ordered.join(', ')}) ${isForward ? '>' : '<'} (${places})`, parameters: start });
  }
  const { lower = null, upper = null } = only?.span ?? {};
  if (lower !== null && (start === null || !isForward)) clauses.push(boundClause(range, '>', lower));
  if (upper !== null && (start === null || isForward)) clauses.push(boundClause(range, '<', upper));
  return clauses;
}

function boundClause(column: string, operator: '<' | '>', { bytes, isIncluded }: Bound): Clause {
  return { sql: `${column} ${operator}${isIncluded ? '=' : ''} ?`, parameters: [bytes] };
}
