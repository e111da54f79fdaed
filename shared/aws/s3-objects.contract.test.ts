import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootRuntime, type Runtime } from '../../local/boot.ts';
import type { ObjectStore } from '../ports/index.ts';
import { s3Objects } from './s3-objects.ts';
import { systemClock } from './system.ts';

const home = mkdtempSync(join(tmpdir(), 'remit-objects-'));
const credentials = { accessKeyId: 'me', secretAccessKey: 'me' };
const bucket = 'lists';
const timeoutMs = 10_000;
let runtime: Runtime;
let objects: ObjectStore;
beforeAll(async () => {
  runtime = await bootRuntime({ assembly: null, home, port: 0 });
  const config = { endpoint: runtime.url, region: 'us-east-1', credentials };
  await new S3Client({ ...config, forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: bucket }));
  const own = null;
  const place = { endpoint: runtime.url, region: 'us-east-1' };
  objects = s3Objects({ ...place, credentials: async () => credentials, clock: systemClock, own });
}, 60_000);
afterAll(async () => {
  await runtime?.stop();
  rmSync(home, { recursive: true, force: true });
});

const put = (key: string, text: string, mark = 'c1.a#1') =>
  objects.putNew({ bucket, key, timeoutMs, bytes: Buffer.from(text), type: 'text/csv', mark });
const get = (key: string, more: { etag?: string; mostBytes?: number } = {}) =>
  objects.get({ bucket, key, timeoutMs, mostBytes: 1_000, etag: null, ...more });

describe('an object', () => {
  it.each(['a.csv', 'a b/ümläut (1)+2=3.csv', '日本.csv'])('called %s comes back as it was put', async (key) => {
    const { etag, versionId } = await put(key, 'item\nRoof\n');
    const found = await get(key);
    expect({ ...found, bytes: Buffer.from(found.bytes).toString() }).toEqual({
      ...{ etag, versionId, type: 'text/csv', mark: 'c1.a#1', bytes: 'item\nRoof\n' },
      changedAtMs: expect.any(Number),
    });
    expect(await objects.head({ bucket, key, timeoutMs })).toMatchObject({ etag, mark: 'c1.a#1' });
  });

  it('is put once: of two writers one is told that there is one', async () => {
    const both = await Promise.allSettled(['a', 'b'].map((text) => put('once.csv', text)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = { name: 'StoreFailure', failed: { status: 412, code: 'PreconditionFailed' } };
    await expect(put('once.csv', 'c')).rejects.toMatchObject(refused);
  });

  it('is given only as the one that is named, and up to a size', async () => {
    const { etag } = await put('named.csv', 'first');
    expect(await get('named.csv', { etag })).toMatchObject({ etag });
    await expect(get('named.csv', { etag: 'another' })).rejects.toMatchObject({
      failed: { status: 412, code: 'PreconditionFailed' },
    });
    await expect(get('named.csv', { mostBytes: 4 })).rejects.toMatchObject({ name: 'ObjectTooLargeError' });
  });

  it('that is not there, or in no bucket, is told by name', async () => {
    await expect(get('gone.csv')).rejects.toMatchObject({ failed: { status: 404, code: 'NoSuchKey' } });
    const elsewhere = objects.get({ bucket: 'nowhere', key: 'a', timeoutMs, mostBytes: 1, etag: null });
    await expect(elsewhere).rejects.toMatchObject({ failed: { status: 404, code: 'NoSuchBucket' } });
  });
});

it('a list has what is below a prefix, in order, and says when there is more', async () => {
  for (const key of ['list/b&<c>.csv', 'list/a.csv', 'list/c.csv']) await put(key, key);
  const names = async (most: number) => {
    const { objects: found, isAll } = await objects.list({ bucket, prefix: 'list/', most, timeoutMs });
    return [found.map(({ key, bytes }) => [key, bytes]), isAll];
  };
  const [first, second, third] = [
    ['list/a.csv', 10],
    ['list/b&<c>.csv', 14],
    ['list/c.csv', 10],
  ];
  expect(await names(2)).toEqual([[first, second], false]);
  expect(await names(3)).toEqual([[first, second, third], true]);
});
