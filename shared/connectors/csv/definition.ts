import * as z from 'zod';
import { defineSourceConnector, type SourceConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';

/** Where the file lies: beside the workflow (built into the bundle), or at an address on a listed host. */
export type CsvFile = { readonly file: string } | { readonly url: string };

/** Looks up rows of a CSV file. */
export interface CsvSource<A extends JsonObject = JsonObject, Row extends JsonObject = JsonObject>
  extends SourceConnector<A, { rows: Row[]; isAll: boolean }> {
  readonly from: CsvFile;
  readonly separator: ',' | ';' | '\t';
  /** One row; its columns are texts until the schema makes more of them. */
  readonly row: z.ZodType<Row>;
  readonly matches: (row: Row, args: A) => boolean;
  /** Rows given at most. */
  readonly mostRows: number;
}

/**
 * `id` begins with `csv.`. A row that does not fit the schema fails the reading: half a price list is none.
 * `isAll` is false where more rows match than are given.
 */
export function csvSource<A extends JsonObject, Row extends JsonObject>(definition: {
  readonly id: string;
  readonly from: CsvFile;
  readonly separator?: ',' | ';' | '\t';
  readonly arguments: z.ZodType<A>;
  readonly row: z.ZodType<Row>;
  readonly matches: (row: Row, args: A) => boolean;
  readonly mostRows?: number;
  /** Needed for an address. */
  readonly hosts?: readonly string[];
}): CsvSource<A, Row> {
  const { from, separator = ',', row, matches, mostRows = 20, hosts = [] } = definition;
  const data = z.object({ rows: z.array(row), isAll: z.boolean() });
  return {
    ...defineSourceConnector({
      id: definition.id,
      arguments: definition.arguments,
      data,
      timeoutMs: 10_000,
      attempts: 2,
      hosts,
    }),
    ...{ from, separator, row, matches, mostRows },
  };
}
