import * as z from 'zod';
import { newTraceId } from '../../endpoint/trace.ts';
import type { JsonObject } from '../../kernel/service.ts';
import type { SurfaceParts } from '../parts.ts';

/** A bucket with what lies in it. */
export interface ShownBucket {
  readonly name: string;
  readonly files: readonly ShownFile[];
  /** False where there are more files than a page looks at. */
  readonly isAll: boolean;
  /** Keys of files that start cases, such as `payments/*.csv`. */
  readonly starts: readonly string[];
}

export interface ShownFile {
  readonly key: string;
  readonly bytes: number;
  readonly putAtMs: number;
}

/** One file with its content. */
export interface FileContent {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly putAtMs: number;
}

const MOST_FILES = 500;

/** All buckets of the stack, and of others that were made here. */
export async function shownBuckets(parts: SurfaceParts): Promise<readonly ShownBucket[]> {
  const { Buckets: buckets } = Listed.parse(await call(parts, 'ListBuckets', {}));
  return Promise.all(
    buckets.map(async ({ Name: name }) => {
      const input = { Bucket: name, MaxKeys: MOST_FILES };
      const { Contents, IsTruncated } = Contained.parse(await call(parts, 'ListObjectsV2', input));
      const files = Contents.map(({ Key, Size, LastModified }) => ({ key: Key, bytes: Size, putAtMs: LastModified }));
      const starts = parts.filesThatStart.filter(({ bucket }) => bucket === name).map(({ keys }) => keys);
      return { name, files, isAll: !IsTruncated, starts };
    }),
  );
}

/** @throws AwsError where there is no such file */
export async function fileContent(parts: SurfaceParts, bucket: string, key: string): Promise<FileContent> {
  const found = Found.parse(await call(parts, 'GetObject', { Bucket: bucket, Key: key }));
  return {
    ...{ bucket, key, bytes: Buffer.from(found.Body, 'base64'), type: found.Headers['content-type'] ?? 'none' },
    ...{ etag: found.ETag.replaceAll('"', ''), putAtMs: found.LastModified },
  };
}

export interface Dropped {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Buffer;
  readonly type: string;
}

/** Puts a file as any client of S3 would: with a version, and with the notices that it is told by. */
export async function dropFile(parts: SurfaceParts, { bucket, key, bytes, type }: Dropped): Promise<object> {
  const input = { Bucket: bucket, Key: key, Body: bytes.toString('base64'), Headers: { 'content-type': type } };
  const put = await call(parts, 'PutObject', input, newTraceId(parts.clock.now()));
  return { bucket, key, ...put };
}

function call(parts: SurfaceParts, operation: string, input: JsonObject, traceId: string | null = null) {
  return parts.dispatch({ service: 's3', operation, input, caller: { kind: 'operator', traceId } });
}

const Listed = z.object({ Buckets: z.array(z.object({ Name: z.string() })) });

const Contained = z.object({
  Contents: z.array(z.object({ Key: z.string(), Size: z.number(), LastModified: z.number() })),
  IsTruncated: z.boolean(),
});

const Found = z.object({
  Body: z.string(),
  ETag: z.string(),
  LastModified: z.number(),
  Headers: z.record(z.string(), z.string()).default({}),
});
