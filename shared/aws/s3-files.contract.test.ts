import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CallerRegistry } from '../../local/endpoint/index.ts';
import { S3Files } from './s3-files.ts';
import { UnsafeKeyError } from './s3-url.ts';
import { systemClock } from './system.ts';

const CONTENT = Buffer.from('line one\nline two\n');

let server: Server;
let asked: { url: string; who: string }[] = [];
let status = 200;
const registry = new CallerRegistry();
const credentials = registry.issue(() => ({ kind: 'role', roleArn: 'r', sessionName: 's', traceId: null }));

beforeAll(async () => {
  server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const who = registry.callerOf({ method, url, headers, body: Buffer.alloc(0) }).kind;
    asked.push({ url, who });
    response.writeHead(status, { 'content-length': CONTENT.byteLength }).end(CONTENT);
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

  it('that is too large is told by its size', async () => {
    const read = await files().read({ bucket: 'b', key: 'k', versionId: null }, CONTENT.byteLength - 1);
    expect(read).toEqual({ kind: 'too-large', bytes: CONTENT.byteLength });
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
