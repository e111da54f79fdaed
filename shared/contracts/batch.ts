import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';

/** How the lines of a file are to be read. */
export const LineFormat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('csv'), separator: z.string().length(1), heading: z.array(z.string()) }),
  z.object({ kind: z.literal('json-lines') }),
]);
export type LineFormat = z.infer<typeof LineFormat>;

export const BatchLine = z.object({
  text: z.string(),
  /** Key of the first line of the file that looks like this one under another key; null where there is none. */
  alike: z.string().nullable(),
  /** In which line of its file it begins, from 1; messages of an earlier release may lack it. */
  number: z.exactOptional(z.int().min(1)),
});
export type BatchLine = z.infer<typeof BatchLine>;

/** A file that is larger than a message: it stays in its bucket, in the version that was put there. */
export const StoredFile = z.object({
  bucket: z.string().min(1),
  key: z.string().min(1),
  versionId: z.string().min(1),
  bytes: z.int().min(0),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** What came: the text of a file, or where it lies. */
export const BatchSource = z.union([z.strictObject({ file: z.string() }), z.strictObject({ stored: StoredFile })]);
export type BatchSource = z.infer<typeof BatchSource>;

/** What came with the event that brought it, where that is the text itself. */
export const BroughtText = z.object({ eventId: z.string(), source: z.strictObject({ file: z.string() }) });

/** A file, or a line of one, that could not be taken: its name or its text, its size, and what is wrong with it. */
export const RefusedFile = z.object({ file: z.string(), bytes: z.int().min(0), problem: z.string() });
export type RefusedFile = z.infer<typeof RefusedFile>;

/** A file of many lines while it is worked off. What came is kept until the last line is on the queue, and no longer. */
export const Batch = z.object({
  /** Made like a case id, of the trigger that brought the file. */
  batchId: CaseId,
  workflow: Slug,
  trigger: Slug,
  receivedAt: z.iso.datetime({ offset: true }),
  /** The event that brought it, and the file; null once all lines are on the queue. */
  brought: z.object({ eventId: z.string(), source: BatchSource }).nullable(),
  /** Into how many pieces; null before. Of a file that was refused none. */
  divided: z.object({ pieces: z.int().min(0), isRefused: z.boolean() }).nullable(),
  /** Null before it is divided, and again with `brought`. */
  format: LineFormat.nullable(),
});
export type Batch = z.infer<typeof Batch>;

/** Lines of a file that follow each other: so many as one call puts on the queue. */
export const BatchPiece = z.object({
  /** From 0. */
  number: z.int().min(0),
  /** Place of its first line among those of the file, from 0. */
  from: z.int().min(0),
  lines: z.int().min(1),
  /** Of its lines, in their order, without those that an earlier line of the file has already. */
  cases: z.array(CaseId),
  /** What is needed to put its lines on the queue; null once they are there. */
  work: z
    .union([
      z.object({
        /** Bytes of the file, from `start` to before `end`. */
        start: z.int().min(0),
        end: z.int().min(0),
        /** In which line of the file the first begins, from 1. */
        line: z.int().min(1),
        /** As of `BatchLine`, by place in the piece. */
        alike: z.record(z.string(), z.string()),
      }),
      /** One line that no message holds. */
      z.object({ refused: RefusedFile }),
    ])
    .nullable(),
});
export type BatchPiece = z.infer<typeof BatchPiece>;

/** What the body of a batch trigger holds: the file, or one line of it, put on the queue by a step of its machine. */
export const BatchBody = z.union([
  z.strictObject({ file: z.string() }),
  z.strictObject({ refused: RefusedFile }),
  z.strictObject({ stored: StoredFile }),
  z.strictObject({ line: BatchLine.extend({ format: LineFormat }) }),
]);
export type BatchBody = z.infer<typeof BatchBody>;
