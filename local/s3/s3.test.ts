import { describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createS3 } from './index.ts';
import type { ObjectEvent } from './notices.ts';

const DAY_MS = 86_400_000;

describe('a bucket with versions', () => {
  const { call, put } = open({ VersioningConfiguration: { Status: 'Enabled' } });

  it('gives back each version, and the newest where none is named', async () => {
    const [first, second] = [await put('a', 'one'), await put('a', 'two')];
    expect(first['VersionId']).not.toBe(second['VersionId']);
    expect(await read(call, 'a', first['VersionId'])).toBe('one');
    expect(await read(call, 'a')).toBe('two');
  });

  it('deletes by a marker, under which the versions stay', async () => {
    const kept = await put('b', 'kept');
    const marker = await call('DeleteObject', { Bucket: 'b', Key: 'b' });
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await expect(read(call, 'b')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(read(call, 'b', marker['VersionId'])).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await read(call, 'b', kept['VersionId'])).toBe('kept');
    expect((await call('ListObjectsV2', { Bucket: 'b', Prefix: 'b' }))['Contents']).toEqual([]);
    await call('DeleteObject', { Bucket: 'b', Key: 'b', VersionId: marker['VersionId'] ?? '' });
    expect(await read(call, 'b')).toBe('kept');
  });

  it('loses a version that is deleted by its name', async () => {
    const { VersionId = '' } = await put('c', 'x');
    await call('DeleteObject', { Bucket: 'b', Key: 'c', VersionId });
    await expect(read(call, 'c', VersionId)).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });
});

describe('a bucket that tells events', () => {
  const telling = {
    VersioningConfiguration: { Status: 'Enabled' },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  };

  it('tells what was put and deleted, with version, size and digest', async () => {
    const { put, call, events } = open(telling);
    const { VersionId } = await put('in/a.csv', 'one');
    await call('DeleteObject', { Bucket: 'b', Key: 'in/a.csv' });
    expect(
      events.map(({ source, detailType, detail, traceId }) => [source, detailType, detail['object'], traceId]),
    ).toEqual([
      [
        ...['aws.s3', 'Object Created'],
        {
          ...{ key: 'in/a.csv', size: 3, etag: 'f97c5d29941bfb1b2fdab0874906ab82' },
          ...{ 'version-id': VersionId, sequencer: expect.any(String) },
        },
        'trace',
      ],
      ['aws.s3', 'Object Deleted', expect.objectContaining({ key: 'in/a.csv' }), 'trace'],
    ]);
  });

  it('tells at its next start what the bus did not take before', async () => {
    const store = new Store(':memory:');
    const broken = open(telling, { store, tell: () => Promise.reject(new Error('the bus is down')) });
    await expect(broken.put('a', 'x')).rejects.toThrow('the bus is down');
    const { s3, events } = open(telling, { store });
    s3.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events.map(({ detailType }) => detailType)).toEqual(['Object Created']);
    s3.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toHaveLength(1);
  });

  it('is silent where the template does not ask for it', async () => {
    const { put, events } = open({});
    await put('a', 'x');
    expect(events).toEqual([]);
  });
});

describe('an object that is missing', () => {
  it('is told of as such only to whom may list the whole bucket', async () => {
    const { s3, put } = open({});
    await put('there', 'x');
    const needed = (Key: string) => s3.operations['GetObject']?.permissions({ Bucket: 'b', Key });
    expect(needed('there')).toEqual([{ action: 's3:GetObject', resource: 'arn:aws:s3:::b/there' }]);
    expect(needed('gone')).toEqual([
      { action: 's3:GetObject', resource: 'arn:aws:s3:::b/gone' },
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::b' },
    ]);
  });
});

describe('a file that comes with the stack', () => {
  it('lies where nothing of its name was, and never takes the place of what people put or removed', async () => {
    const { s3, call, put, events } = open({ VersioningConfiguration: { Status: 'Enabled' } });
    const place = (key: string) => s3.placeFirst({ bucket: 'b', key, content: Buffer.from('first'), type: 'text/csv' });
    place('a.csv');
    expect(await call('GetObject', { Bucket: 'b', Key: 'a.csv' })).toMatchObject({
      ...{ Headers: { 'content-type': 'text/csv' }, VersionId: expect.any(String) },
    });
    await put('a.csv', 'changed');
    place('a.csv');
    expect(await read(call, 'a.csv')).toBe('changed');
    await call('DeleteObject', { Bucket: 'b', Key: 'a.csv' });
    place('a.csv');
    await expect(read(call, 'a.csv')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(events).toEqual([]);
  });
});

describe('a bucket that forgets', () => {
  it('has an object for as many whole days, and then no more', async () => {
    const Rules = [{ Id: 'forget', Status: 'Enabled', ExpirationInDays: 2, Prefix: 'mail/' }];
    const { put, call, clock } = open({ LifecycleConfiguration: { Rules } });
    await put('mail/a', 'x');
    await put('other', 'x');
    await clock.advance(2 * DAY_MS);
    expect(await read(call, 'mail/a')).toBe('x');
    await clock.advance(DAY_MS);
    await expect(read(call, 'mail/a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await read(call, 'other')).toBe('x');
    expect((await call('ListObjectsV2', { Bucket: 'b' }))['KeyCount']).toBe(1);
  });
});

describe('the template', () => {
  it.each([
    [
      'a rule that moves objects',
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 1, Transitions: [] }] } },
      'Transitions',
    ],
    ['a notice to a queue', { NotificationConfiguration: { QueueConfigurations: [] } }, 'QueueConfigurations'],
    ['a web site', { WebsiteConfiguration: {} }, 'WebsiteConfiguration'],
  ])('may not ask for %s', (_what, properties, named) => {
    expect(() => open(properties as JsonObject)).toThrow(named);
  });
});

interface Bench {
  readonly store?: Store;
  readonly tell?: (event: ObjectEvent) => Promise<void>;
}

/** A bucket `b` with these properties of the template. */
function open(properties: JsonObject, { store = new Store(':memory:'), tell }: Bench = {}) {
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const events: ObjectEvent[] = [];
  const onObject = tell ?? (async (event) => void events.push(event));
  const s3 = createS3({ store, clock, activity, onObject });
  s3.ensureBucket('b', properties);
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = s3.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: 'trace' });
  };
  const put = (Key: string, text: string): Promise<JsonObject> =>
    call('PutObject', { Bucket: 'b', Key, Body: Buffer.from(text).toString('base64') });
  return { s3, call, put, events, clock };
}

async function read(
  call: ReturnType<typeof open>['call'],
  Key: string,
  VersionId?: JsonObject[string],
): Promise<string> {
  const { Body } = await call('GetObject', { Bucket: 'b', Key, ...(VersionId === undefined ? {} : { VersionId }) });
  return Buffer.from(String(Body), 'base64').toString();
}
