import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootRuntime, type Runtime } from '../boot.ts';

let runtime: Runtime;
let s3: S3Client;
const home = mkdtempSync(join(tmpdir(), 's3-'));
const Bucket = 'papers';

beforeAll(async () => {
  await boot();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  await runtime.stop();
  rmSync(home, { recursive: true, force: true });
});

async function boot(): Promise<void> {
  runtime = await bootRuntime({ assembly: null, home, port: 0 });
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  s3 = new S3Client({ endpoint: runtime.url, region: 'us-east-1', credentials });
}

const put = (Key: string, Body: string | Uint8Array, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const textOf = async (Key: string, more: object = {}): Promise<string> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? '';
};

describe('an object', () => {
  it('comes back as it was put, byte for byte, with its type and its own words', async () => {
    const Body = randomBytes(300_000);
    const stored = await put('bytes', Body, { ContentType: 'image/png', Metadata: { origin: 'a camera' } });
    const found = await s3.send(new GetObjectCommand({ Bucket, Key: 'bytes' }));
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(found).toMatchObject({
      ETag: stored.ETag,
      ContentLength: 300_000,
      ContentType: 'image/png',
      Metadata: { origin: 'a camera' },
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'bytes' }));
    expect(head).toMatchObject({ ETag: stored.ETag, ContentLength: 300_000, LastModified: expect.any(Date) });
  });

  it('that is sent in chunks is put together', async () => {
    const { Readable } = await import('node:stream');
    const chunks = Array.from({ length: 50 }, (_, index) => Buffer.from(`${index},`.repeat(2_000)));
    const Body = Readable.from(chunks);
    const ContentLength = chunks.reduce((sum, one) => sum + one.byteLength, 0);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'chunks', Body, ContentLength }));
    expect(await textOf('chunks')).toBe(Buffer.concat(chunks).toString());
  });

  it.each(['a b/c+d&e=f.csv', "it's (1)!*.txt", 'ümläut/日本.csv', 'a//b', '%2F'])('may be called %s', async (key) => {
    await put(key, key);
    expect(await textOf(key)).toBe(key);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key }));
    expect(Contents.map(({ Key }) => Key)).toEqual([key]);
  });

  it('is gone once it is deleted, and deleting it again is no error', async () => {
    await put('short', 'x');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'short' }));
    await expect(textOf('short')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'short' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('is put only where none is, and only over the one that is named', async () => {
    const { ETag = '' } = await put('once', 'first', { IfNoneMatch: '*' });
    await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await put('once', 'third', { IfMatch: ETag });
    await expect(put('once', 'fourth', { IfMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 412 },
    });
    expect(await textOf('once')).toBe('third');
  });

  it('is given only as the one that is named', async () => {
    const { ETag = '' } = await put('named', 'first');
    expect(await textOf('named', { IfMatch: ETag })).toBe('first');
    await put('named', 'second');
    await expect(textOf('named', { IfMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  });

  it('of two writers at once goes to one of them', async () => {
    const both = await Promise.allSettled(['a', 'b'].map((text) => put('race', text, { IfNoneMatch: '*' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('whose content is not what its sender says is refused', async () => {
    await expect(put('broken', 'x', { ContentMD5: Buffer.alloc(16).toString('base64') })).rejects.toMatchObject({
      name: 'BadDigest',
    });
  });
});

describe('a list', () => {
  it('goes in pages, in the order of the keys', async () => {
    for (const key of ['list/c', 'list/a', 'list/b/1', 'list/b/2', 'list/d']) await put(key, key);
    const keys: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: 'list/',
          MaxKeys: 2,
          ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
        }),
      );
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(keys).toEqual(['list/a', 'list/b/1', 'list/b/2', 'list/c', 'list/d']);
  });

  it('tells folders as one with a delimiter, and begins after a key', async () => {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'list/', Delimiter: '/', StartAfter: 'list/a' }),
    );
    expect(page.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['list/c', 6],
      ['list/d', 6],
    ]);
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'list/b/' }]);
    expect(page.IsTruncated).toBe(false);
  });
});

describe('a bucket', () => {
  it('is told of, and is there or not', async () => {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual([Bucket]);
    await s3.send(new HeadBucketCommand({ Bucket }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'no-such' }))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(s3.send(new GetObjectCommand({ Bucket: 'no-such', Key: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
  });

  it('is given in part, with what part it is', async () => {
    await put('ranges', '0123456789');
    const part = async (Range: string) => {
      const { Body, ContentLength, ContentRange } = await s3.send(
        new GetObjectCommand({ Bucket, Key: 'ranges', Range }),
      );
      return [await Body?.transformToString(), ContentLength, ContentRange];
    };
    expect(await part('bytes=2-4')).toEqual(['234', 3, 'bytes 2-4/10']);
    expect(await part('bytes=8-')).toEqual(['89', 2, 'bytes 8-9/10']);
    expect(await part('bytes=-3')).toEqual(['789', 3, 'bytes 7-9/10']);
    expect(await part('bytes=7-99')).toEqual(['789', 3, 'bytes 7-9/10']);
    expect(await part('lines=1-2')).toEqual(['0123456789', 10, undefined]);
    await expect(part('bytes=10-11')).rejects.toMatchObject({
      ...{ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } },
    });
  });

  it('keeps what was put over a restart', async () => {
    await put('kept', 'still here');
    await runtime.stop();
    await boot();
    expect(await textOf('kept')).toBe('still here');
  });
});

describe('what is not built', () => {
  it.each([
    ['uploads in parts', () => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'x' })), 'POST of an object'],
    ['tags', () => s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'x' })), 'parameter tagging'],
    [
      'several ranges at once',
      () => s3.send(new GetObjectCommand({ Bucket, Key: 'ranges', Range: 'bytes=0-1,4-5' })),
      'several ranges',
    ],
    [
      "keys of one's own",
      () => put('x', 'x', { ServerSideEncryption: 'aws:kms' }),
      'header x-amz-server-side-encryption',
    ],
  ])('is refused by name: %s', async (_what, send, named) => {
    await expect(send()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(named),
      $metadata: { httpStatusCode: 501 },
    });
  });
});
