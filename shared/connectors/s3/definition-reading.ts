import * as z from 'zod';
import { defineSourceConnector, type FilePlace, type SourceConnector } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { checkedPlace, S3_FAILURES } from './definition-traits.ts';

/** A file below the prefix of its connector. With `etag`, exactly what was listed or read before. */
export type NamedFile = string | { readonly name: string; readonly etag: string | null };

/** What every file that is read says of itself. */
export type FileFacts = {
  readonly name: string;
  /** Changes with its content: an action that pins it goes back to the approver when somebody replaces the file. */
  readonly etag: string;
  /** ISO 8601. */
  readonly changedAt: string;
};

interface OfFiles<A> {
  /** Begins with `s3.` */
  readonly id: string;
  readonly place: FilePlace;
  readonly arguments: z.ZodType<A>;
  /** The file to read. What it takes from outside cannot lead out of the prefix. */
  readonly file: (args: A) => NamedFile;
  /** Content types without parameters, `text/*` for all of one kind. */
  readonly types?: readonly string[];
  /** Larger ones are not read. */
  readonly mostBytes?: number;
}

/** Reads one file as text. */
export interface S3Text<A extends JsonObject = JsonObject>
  extends SourceConnector<A, FileFacts & { readonly text: string }>,
    Required<Omit<OfFiles<A>, 'id' | 'arguments'>> {
  readonly reads: 'text';
}

/** By default texts and JSON of at most 100,000 bytes. A text that is not UTF-8 is refused. */
export function s3Text<A extends JsonObject>(
  definition: OfFiles<A> & { readonly wordsOf?: 'records' | 'strangers' },
): S3Text<A> {
  const { types = ['text/*', 'application/json'], mostBytes = 100_000 } = definition;
  const data = z.object({ ...FACTS, text: z.string() });
  return {
    ...reading(definition, data),
    ...{ reads: 'text', place: definition.place, file: definition.file, types, mostBytes },
  };
}

/** Looks up rows of a CSV file. */
export interface S3Rows<A extends JsonObject = JsonObject, Row extends JsonObject = JsonObject>
  extends SourceConnector<A, FileFacts & { readonly rows: Row[]; readonly isAll: boolean }>,
    Required<Omit<OfFiles<A>, 'id' | 'arguments'>> {
  readonly reads: 'rows';
  readonly separator: ',' | ';' | '\t';
  /** One row; its columns are texts until the schema makes more of them, and it takes what it gave. */
  readonly row: z.ZodType<Row>;
  readonly matches: (row: Row, args: A) => boolean;
  readonly mostRows: number;
}

/**
 * The rows of a table that a case asks for: by default CSV of at most 1,000,000 bytes, and 20 rows of it. A row that does not
 * fit the schema fails the reading: half a price list is none. `isAll` is false where more rows match than are given.
 */
export function s3Rows<A extends JsonObject, Row extends JsonObject>(
  definition: OfFiles<A> & {
    readonly separator?: ',' | ';' | '\t';
    readonly row: z.ZodType<Row>;
    readonly matches: (row: Row, args: A) => boolean;
    readonly mostRows?: number;
  },
): S3Rows<A, Row> {
  const { types = ['text/*', 'application/csv'], mostBytes = 1_000_000, separator = ',', mostRows = 20 } = definition;
  const { place, file, row, matches } = definition;
  const data = z.object({ ...FACTS, rows: z.array(row), isAll: z.boolean() });
  return {
    ...reading(definition, data),
    ...{ reads: 'rows', place, file, types, mostBytes, separator, row, matches, mostRows },
  };
}

/** Lists what is there. */
export interface S3List<A extends JsonObject = JsonObject>
  extends SourceConnector<A, { readonly files: (FileFacts & { readonly bytes: number })[]; readonly isAll: boolean }> {
  readonly reads: 'list';
  readonly place: FilePlace;
  readonly under: (args: A) => string;
  readonly most: number;
}

/** Files in the order of their names, 100 by default and 1,000 at most; `isAll` is false where there are more. */
export function s3List<A extends JsonObject>(
  definition: Pick<OfFiles<A>, 'id' | 'place' | 'arguments'> & {
    /** How the names begin, below the prefix; default: all. */
    readonly under?: (args: A) => string;
    readonly most?: number;
  },
): S3List<A> {
  const { id, place, arguments: args, under = () => '', most = 100 } = definition;
  const data = z.object({ files: z.array(z.object({ ...FACTS, bytes: z.int().min(0) })), isAll: z.boolean() });
  const files = { place: checkedPlace(id, place), may: ['list'] } as const;
  return {
    ...defineSourceConnector({ ...S3, id, arguments: args, data, files }),
    ...{ reads: 'list', place, under, most },
  };
}

const FACTS = { name: z.string(), etag: z.string(), changedAt: z.iso.datetime() };

const S3 = { timeoutMs: 8_000, attempts: 3, failures: S3_FAILURES } as const;

function reading<A extends JsonObject, D extends JsonObject>(
  { id, place, arguments: args, wordsOf }: OfFiles<A> & { readonly wordsOf?: 'records' | 'strangers' },
  data: z.ZodType<D>,
): SourceConnector<A, D> {
  const files = { place: checkedPlace(id, place), may: ['get'] } as const;
  return defineSourceConnector({
    ...S3,
    id,
    arguments: args,
    data,
    files,
    ...(wordsOf === undefined ? {} : { wordsOf }),
  });
}
