import type * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import { csvRows } from '../../domain/batches/csv-rows.ts';

/** Which rows of a table are wanted, and how they are read. */
export interface RowsWanted {
  readonly separator: ',' | ';' | '\t';
  readonly row: z.ZodType<JsonObject>;
  readonly matches: (row: JsonObject, args: JsonObject) => boolean;
  readonly mostRows: number;
}

/** Reads until enough rows match; `isEmpty` where the table has none at all. @throws for CSV that is broken, and for a row that does not fit. */
export async function rowsOf(
  pieces: AsyncIterable<string> | Iterable<string>,
  { separator, row, matches, mostRows }: RowsWanted,
  args: JsonObject,
): Promise<{ rows: JsonObject[]; isAll: boolean; isEmpty: boolean }> {
  const found: JsonObject[] = [];
  let isEmpty = true;
  for await (const texts of csvRows(pieces, { separator })) {
    isEmpty = false;
    const one = row.parse({ ...texts });
    if (!matches(one, args)) continue;
    if (found.length === mostRows) return { rows: found, isAll: false, isEmpty };
    found.push(one);
  }
  return { rows: found, isAll: true, isEmpty };
}
