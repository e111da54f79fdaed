import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallerRegistry } from '../../local/endpoint/index.ts';
import { S3Files } from './s3-files.ts';
import { UnsafeKeyError } from './s3-url.ts';
import { systemClock } from './system.ts';

const CONTENT = Buffer.from('line one\nline two\n');

let server: Server;
let asked: { url: string; who: string; range?: string; method?: string }[] = [];
let status = 200;
const registry = new CallerRegistry();
const credentials = registry.issue(() => ({ kind: 'role', roleArn: 'r', sessionName: 's', traceId: null }));

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const who = registry.callerOf({ method, url, headers, body: Buffer.alloc(0) }).kind;
    const { range } = headers;
    asked.push({ url, who, ...(range === undefined ? {} : { range }), ...(method === 'GET' ? {} : { method }) });
    const body = range === undefined ? CONTENT : CONTENT.subarray(5, 8);
    response.writeHead(status, { 'content-length': body.byteLength }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

function files(): S3Files {
  asked = [];
  status = 200;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new S3Files({ credentials: async () => credentials, region: 'eu-west-1', endpoint, clock: systemClock });
}

describe('a file', () => {
  it.each([
    ['a/b.csv', null, '/bucket/a/b.csv'],
    ["it's (1)!*+&=.txt", null, '/bucket/it%27s%20%281%29%21%2A%2B%26%3D.txt'],
    ['ümläut/日.csv', 'v/1+=', '/bucket/%C3%BCml%C3%A4ut/%E6%97%A5.csv?versionId=v%2F1%2B%3D'],
  ])('called %s is read in its version, with a signature that holds', async (key, versionId, url) => {
    const read = await files().read({ bucket: 'bucket', key, versionId }, 1_000);
    expect(read).toEqual({ kind: 'read', bytes: new Uint8Array(CONTENT) });
    expect(asked).toEqual([{ url, who: 'role' }]);
  });

  it('is removed, with a signature that holds, and what is not removed is told', async () => {
    const store = files();
    status = 204;
    await store.remove({ bucket: 'b', key: 'mail/a b' });
    expect(asked).toEqual([{ url: '/b/mail/a%20b', who: 'role', method: 'DELETE' }]);
    status = 403;
    await expect(store.remove({ bucket: 'b', key: 'mail/a b' })).rejects.toThrow('S3 answered 403 for b/mail/a b');
  });

  it('that is too large is told by its size', async () => {
    const read = await files().read({ bucket: 'b', key: 'k', versionId: null }, CONTENT.byteLength - 1);
    expect(read).toEqual({ kind: 'too-large', bytes: CONTENT.byteLength });
  });

  it('is read in part, by its bytes, with a signature that holds', async () => {
    const store = files();
    status = 206;
    const part = await store.readPart({ bucket: 'b', key: 'k', versionId: 'v' }, { start: 5, end: 8 });
    expect(part).toEqual(new Uint8Array(CONTENT.subarray(5, 8)));
    expect(asked).toEqual([{ url: '/b/k?versionId=v', who: 'role', range: 'bytes=5-7' }]);
  });

  it.each([
    ['the whole is answered', 200, { start: 5, end: 8 }],
    ['it ends sooner', 206, { start: 5, end: 9 }],
    ['it does not have any of these bytes', 416, { start: 50, end: 90 }],
  ])('is not taken for the part that was asked for where %s', async (_what, answered, part) => {
    const store = files();
    status = answered;
    await expect(store.readPart({ bucket: 'b', key: 'k', versionId: null }, part)).rejects.toThrow('S3 answered');
  });

  it.each([403, 404, 503, 206])('is not there where S3 answers %i', async (answered) => {
    const store = files();
    status = answered;
    await expect(store.read({ bucket: 'b', key: 'k', versionId: null }, 1_000)).rejects.toThrow(
      `S3 answered ${answered}`,
    );
  });

  it.each(['../other/k', 'a/./b', 'a/..'])('called %s would lead elsewhere, and is not asked for', async (key) => {
    await expect(files().read({ bucket: 'b', key, versionId: null }, 1_000)).rejects.toThrow(UnsafeKeyError);
    expect(asked).toEqual([]);
  });
});
