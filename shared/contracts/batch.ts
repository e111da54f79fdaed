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
  /** Where it begins in its file, from 1; of files that are read piece by piece. */
  number: z.exactOptional(z.int().min(1)),
});
export type BatchLine = z.infer<typeof BatchLine>;

/** A file of many lines on its way through the machine `batch`. */
export const Batch = z.object({
  /** Made like a case id, of the trigger that brought the file. */
  batchId: CaseId,
  workflow: Slug,
  trigger: Slug,
  receivedAt: z.iso.datetime({ offset: true }),
  format: LineFormat,
  lines: z.array(BatchLine),
});
export type Batch = z.infer<typeof Batch>;

/** A file that is larger than what goes from step to step: it stays in its bucket, in the version that was put there. */
export const StoredFile = z.object({
  bucket: z.string().min(1),
  key: z.string().min(1),
  versionId: z.string().min(1),
  bytes: z.int().min(0),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** As `Batch`, without its lines: whoever needs them reads the file. All of them are on the queue. */
export const StoredBatch = Batch.omit({ format: true, lines: true }).extend({ stored: StoredFile });
export type StoredBatch = z.infer<typeof StoredBatch>;

/** What the body of a batch trigger holds: the file as it came, or one line of it, put on the queue by the machine. */
export const BatchBody = z.union([
  z.strictObject({ file: z.string() }),
  /** A file that was brought and could not be taken. */
  z.strictObject({ refused: z.object({ file: z.string(), bytes: z.int().min(0), problem: z.string() }) }),
  /** A file in a bucket, of which the lines before `from` are on the queue. */
  z.strictObject({ stored: StoredFile.extend({ from: z.int().min(0) }) }),
  z.strictObject({ line: BatchLine.extend({ format: LineFormat }) }),
]);
export type BatchBody = z.infer<typeof BatchBody>;
