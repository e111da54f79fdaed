import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Caller, JsonObject, Operation, Permission } from '../../kernel/service.ts';
import { type Bucket, s3Arn } from '../buckets.ts';
import { goneBeforeMs } from '../expiry.ts';
import { objectEvent } from '../notices.ts';
import type { NewVersion, ObjectVersion } from '../objects.ts';
import { onObject, type S3Parts, s3Operation, write } from '../parts.ts';
import { partOf } from '../ranges.ts';

const Key = z
  .string()
  .min(1)
  .refine((key) => Buffer.byteLength(key) <= 1_024, 'Your key is too long');

const ReadInput = z.strictObject({
  Bucket: z.string(),
  Key,
  VersionId: z.string().optional(),
  IfMatch: z.string().optional(),
  /** As the header says it; of `GetObject`. */
  Range: z.string().optional(),
});
type ReadInput = z.output<typeof ReadInput>;

const PutInput = z.strictObject({
  Bucket: z.string(),
  Key,
  /** Base64. */
  Body: z.string().default(''),
  /** `content-type` and the like, and `x-amz-meta-…`. */
  Headers: z.record(z.string(), z.string()).default({}),
  IfNoneMatch: z.literal('*', 'only * is there').optional(),
  IfMatch: z.string().optional(),
});
type PutInput = z.output<typeof PutInput>;

/** Objects with their versions. Contents are base64 in inputs and outputs. */
export function objectOperations(parts: S3Parts): Record<string, Operation> {
  const read = (name: 'GetObject' | 'HeadObject', withContent: boolean): Operation =>
    s3Operation({
      name,
      input: ReadInput,
      permissions: (input) => [
        ...onObject(input.VersionId === undefined ? 'GetObject' : 'GetObjectVersion', input),
        ...toKnowThatNoneIs(parts, input),
      ],
      run: (input) => {
        const found = find(parts, input);
        if (input.IfMatch !== undefined && unquoted(input.IfMatch) !== unquoted(found.etag))
          throw notHolding('If-Match');
        return withContent ? contentOf(parts, found, input.Range) : headOf(found);
      },
    });
  return {
    GetObject: read('GetObject', true),
    HeadObject: read('HeadObject', false),
    PutObject: s3Operation({
      name: 'PutObject',
      input: PutInput,
      permissions: (input) => onObject('PutObject', input),
      run: (input, caller) => put(parts, input, caller),
    }),
    DeleteObject: s3Operation({
      name: 'DeleteObject',
      input: ReadInput,
      permissions: (input) => onObject(input.VersionId === undefined ? 'DeleteObject' : 'DeleteObjectVersion', input),
      run: (input, caller) => remove(parts, input, caller),
    }),
  };
}

/** Who may not list the whole bucket is not told that an object is missing: it may not be read then. */
function toKnowThatNoneIs(parts: S3Parts, { Bucket: name, Key: key, VersionId: versionId }: ReadInput): Permission[] {
  const bucket = parts.buckets.find(name);
  const found = bucket === null || versionId !== undefined ? null : living(parts, bucket, key, null);
  const isThere = bucket === null || versionId !== undefined || (found !== null && !found.isDeleteMarker);
  return isThere ? [] : [{ action: 's3:ListBucket', resource: s3Arn(name) }];
}

/** @throws NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker that is named */
function find(parts: S3Parts, { Bucket: name, Key: key, VersionId: versionId }: ReadInput): ObjectVersion {
  const bucket = parts.buckets.get(name);
  const found = living(parts, bucket, key, versionId ?? null);
  if (found === null && versionId !== undefined) {
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', { status: 404 });
  }
  if (found?.isDeleteMarker === true && versionId !== undefined) {
    throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      status: 405,
    });
  }
  if (found === null || found.isDeleteMarker) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
  }
  return found;
}

function living(parts: S3Parts, bucket: Bucket, key: string, versionId: string | null): ObjectVersion | null {
  const found = parts.objects.find(bucket.name, key, versionId);
  return found === null || found.putAtMs < goneBeforeMs(bucket, key, parts.clock.now()) ? null : found;
}

function contentOf({ objects }: S3Parts, found: ObjectVersion, range: string | undefined): JsonObject {
  const head = headOf(found);
  const part = range === undefined ? null : partOf(range, found.sizeBytes);
  if (part === null) return { ...head, Body: base64(objects.contentOf(found)) };
  const Body = objects.partOf(found, part);
  const { start, end } = part;
  return {
    ...{ ...head, ContentLength: Body.byteLength, ContentRange: `bytes ${start}-${end - 1}/${found.sizeBytes}` },
    Body: base64(Body),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function headOf({ etag, sizeBytes, putAtMs, versionId, headers }: ObjectVersion): JsonObject {
  return present({
    ETag: etag,
    ContentLength: sizeBytes,
    LastModified: putAtMs,
    VersionId: versionId === 'null' ? undefined : versionId,
    Headers: { ...headers },
  });
}

async function put(parts: S3Parts, input: PutInput, caller: Caller): Promise<JsonObject> {
  const bucket = parts.buckets.get(input.Bucket);
  const content = Buffer.from(input.Body, 'base64');
  const version: NewVersion = {
    ...newVersion(parts, bucket, input.Key),
    etag: `"${createHash('md5').update(content).digest('hex')}"`,
    sizeBytes: content.byteLength,
    headers: input.Headers,
    content,
  };
  const notice = await write(parts, () => {
    checkCondition(parts, bucket, input);
    forget(parts, bucket);
    parts.objects.add(version);
    return owed(parts, bucket, version, 'PutObject', caller);
  });
  if (notice !== null) await parts.notices.send(notice);
  return present({ ETag: version.etag, VersionId: bucket.isVersioned ? version.versionId : undefined });
}

/** Conditions are judged where the object is written, so that of two writers one fails. */
function checkCondition(parts: S3Parts, bucket: Bucket, { Key: key, IfNoneMatch, IfMatch }: PutInput): void {
  if (IfNoneMatch === undefined && IfMatch === undefined) return;
  const found = living(parts, bucket, key, null);
  const current = found === null || found.isDeleteMarker ? null : found.etag;
  if (IfMatch !== undefined && current === null) {
    throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
  }
  const holds = IfMatch === undefined ? current === null : unquoted(current ?? '') === unquoted(IfMatch);
  if (holds) return;
  throw notHolding(IfMatch === undefined ? 'If-None-Match' : 'If-Match');
}

function notHolding(condition: 'If-Match' | 'If-None-Match'): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    fields: { Condition: condition },
  });
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}

async function remove(parts: S3Parts, input: ReadInput, caller: Caller): Promise<JsonObject> {
  const { Key: key, VersionId: versionId } = input;
  const bucket = parts.buckets.get(input.Bucket);
  if (versionId !== undefined || !bucket.isVersioned) {
    const found = living(parts, bucket, key, versionId ?? null);
    if (found === null) return present({ VersionId: versionId });
    const notice = await write(parts, () => {
      parts.objects.remove(bucket.name, key, found.versionId);
      return owed(parts, bucket, found, 'DeleteObject', caller);
    });
    if (notice !== null) await parts.notices.send(notice);
    return present({ VersionId: versionId, ...(found.isDeleteMarker ? { DeleteMarker: true } : {}) });
  }
  const marker: NewVersion = { ...newVersion(parts, bucket, key), isDeleteMarker: true, content: new Uint8Array() };
  const notice = await write(parts, () => {
    parts.objects.add(marker);
    return owed(parts, bucket, marker, 'DeleteObject', caller);
  });
  if (notice !== null) await parts.notices.send(notice);
  return { VersionId: marker.versionId, DeleteMarker: true };
}

function newVersion(parts: S3Parts, bucket: Bucket, key: string): NewVersion {
  return {
    ...{ bucket: bucket.name, key, isDeleteMarker: false, etag: '', sizeBytes: 0, headers: {} },
    versionId: bucket.isVersioned ? randomBytes(24).toString('base64url') : 'null',
    putAtMs: parts.clock.now(),
    content: new Uint8Array(),
  };
}

/** Call inside a write: with the object itself, the event that is owed for it. */
function owed(
  parts: S3Parts,
  { tellsEvents }: Bucket,
  version: Omit<ObjectVersion, 'seq'>,
  reason: 'PutObject' | 'DeleteObject',
  { traceId }: Caller,
): number | null {
  if (!tellsEvents) return null;
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  return parts.notices.add(objectEvent(version, { reason, requestId, traceId }));
}

function forget(parts: S3Parts, bucket: Bucket): void {
  for (const { prefix } of bucket.expiry) {
    parts.objects.removeBefore(bucket.name, prefix, goneBeforeMs(bucket, prefix, parts.clock.now()));
  }
}
