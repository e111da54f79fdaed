import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { type Bucket, s3Arn } from '../buckets.ts';
import { goneBeforeMs } from '../expiry.ts';
import { type S3Parts, s3Operation, write } from '../parts.ts';

const Named = z.strictObject({ Bucket: z.string() });

const ListInput = z.strictObject({
  Bucket: z.string(),
  Prefix: z.string().default(''),
  Delimiter: z.string().default(''),
  MaxKeys: z.coerce.number().int().min(0).max(1_000).default(1_000),
  ContinuationToken: z.string().optional(),
  StartAfter: z.string().default(''),
});
type ListInput = z.output<typeof ListInput>;

/** Buckets, and what lies in them. */
export function bucketOperations(parts: S3Parts): Record<string, Operation> {
  return {
    ListBuckets: s3Operation({
      name: 'ListBuckets',
      input: z.strictObject({}),
      permissions: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
      run: () => ({
        Buckets: parts.buckets.all().map(({ name, createdAtMs }) => ({ Name: name, CreationDate: createdAtMs })),
      }),
    }),
    CreateBucket: s3Operation({
      name: 'CreateBucket',
      input: Named,
      permissions: ({ Bucket }) => [{ action: 's3:CreateBucket', resource: s3Arn(Bucket) }],
      run: ({ Bucket: name }) => create(parts, name),
    }),
    HeadBucket: s3Operation({
      name: 'HeadBucket',
      input: Named,
      permissions: ({ Bucket }) => [{ action: 's3:ListBucket', resource: s3Arn(Bucket) }],
      run: ({ Bucket: name }) => present({ Bucket: parts.buckets.get(name).name }),
    }),
    ListObjectsV2: s3Operation({
      name: 'ListObjectsV2',
      input: ListInput,
      permissions: ({ Bucket, Prefix }) => [
        { action: 's3:ListBucket', resource: s3Arn(Bucket), context: { 's3:prefix': [Prefix] } },
      ],
      run: (input) => list(parts, input),
    }),
  };
}

async function create(parts: S3Parts, name: string): Promise<JsonObject> {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
  }
  const bucket = { name, createdAtMs: parts.clock.now(), isVersioned: false, tellsEvents: false, expiry: [] };
  await write(parts, () => {
    if (parts.buckets.find(name) !== null) {
      throw new AwsError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        { status: 409 },
      );
    }
    parts.buckets.save(bucket);
  });
  return { Location: `/${name}` };
}

/** Keys in order; with a delimiter, those that share what stands before it are told as one. */
function list(parts: S3Parts, input: ListInput): JsonObject {
  const bucket = parts.buckets.get(input.Bucket);
  const { Prefix: prefix, Delimiter: delimiter, MaxKeys: most } = input;
  const contents: JsonObject[] = [];
  const groups: string[] = [];
  let after = input.ContinuationToken === undefined ? input.StartAfter : keyOfToken(input.ContinuationToken);
  let next: string | null = null;
  for (const { key, etag, sizeBytes, putAtMs } of living(parts, bucket, prefix, after)) {
    const group = groupOf(key, prefix, delimiter);
    if (group !== null && group === groups.at(-1)) {
      after = key;
      continue;
    }
    if (contents.length + groups.length === most) {
      next = after;
      break;
    }
    if (group === null) contents.push({ Key: key, ETag: etag, Size: sizeBytes, LastModified: putAtMs });
    else groups.push(group);
    after = key;
  }
  return present({
    ...{ Name: bucket.name, Prefix: prefix, Delimiter: delimiter, MaxKeys: most, StartAfter: input.StartAfter },
    ...{
      KeyCount: contents.length + groups.length,
      IsTruncated: next !== null,
      Contents: contents,
      CommonPrefixes: groups,
    },
    ContinuationToken: input.ContinuationToken,
    NextContinuationToken: next === null ? undefined : tokenOf(next),
  });
}

const PAGE = 500;

function* living(parts: S3Parts, bucket: Bucket, prefix: string, from: string) {
  const nowMs = parts.clock.now();
  for (let after = from; ; ) {
    const page = parts.objects.list(bucket.name, prefix, after, PAGE);
    yield* page.filter(({ key, putAtMs }) => putAtMs >= goneBeforeMs(bucket, key, nowMs));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.key;
  }
}

function groupOf(key: string, prefix: string, delimiter: string): string | null {
  if (delimiter === '') return null;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? null : key.slice(0, at + delimiter.length);
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function keyOfToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
