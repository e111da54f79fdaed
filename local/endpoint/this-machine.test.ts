import { type IncomingHttpHeaders, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, listen } from './index.ts';

let endpoint: Endpoint;
const calls: string[] = [];

beforeAll(async () => {
  endpoint = await listen(0);
  endpoint.addRoutes([
    {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      service: 'lambda',
      operation: 'Invoke',
    },
  ]);
  endpoint.open({
    dispatch: async ({ service, operation }) => {
      calls.push(`${service}:${operation}`);
      return {};
    },
    surface: (_, response) => void response.end('surface'),
    api: (_, response) => void response.end('api'),
  });
});

beforeEach(() => {
  calls.length = 0;
});

afterAll(() => endpoint.stop());

const SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/eu-west-1/states/aws4_request, SignedHeaders=a, Signature=b',
  'x-amz-target': 'AWSStepFunctions.SendTaskSuccess',
};
const PRESIGNED =
  '/2015-03-31/functions/answer-request/invocations?X-Amz-Credential=any%2F1%2Fr%2Flambda%2Fx&X-Amz-Signature=b';

describe('an AWS call', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['an SDK on this machine', '/', SIGNED, 'states:SendTaskSuccess'],
    ['whoever names this machine', '/', { ...SIGNED, host: 'localhost:4700' }, 'states:SendTaskSuccess'],
    ['an address below localhost', '/', { ...SIGNED, host: 'files.localhost:4700' }, 'states:SendTaskSuccess'],
    ['a page of this machine', '/', { ...SIGNED, origin: 'http://localhost:3000' }, 'states:SendTaskSuccess'],
    ['a program by a presigned address', PRESIGNED, {}, 'lambda:Invoke'],
  ])('of %s is made', async (_who, path, headers, call) => {
    expect((await send(path, headers)).status).toBe(200);
    expect(calls).toEqual([call]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['a page whose name was made to lead here', '/', { ...SIGNED, host: 'rebind.evil.example:4700' }],
    ['a page of another site', '/', { ...SIGNED, origin: 'https://evil.example' }],
    ['a form of another site, by a presigned address', PRESIGNED, { origin: 'https://evil.example' }],
    ['a page that hides where it is', PRESIGNED, { origin: 'null' }],
    ['a picture of another site', PRESIGNED, { 'sec-fetch-site': 'cross-site' }],
  ])('of %s is refused, whatever key it names', async (_who, path, headers) => {
    expect((await send(path, headers)).status).toBe(403);
    expect(calls).toEqual([]);
  });
});

it('a compressed body that swells beyond what a call may carry is not read', async () => {
  const bomb = gzipSync(Buffer.alloc(70 * 2 ** 20));
  const answer = await send('/', { ...SIGNED, 'content-encoding': 'gzip' }, bomb);
  expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([413, 'RequestEntityTooLargeException']);
  expect(calls).toEqual([]);
});

/** `fetch` would not name another host. */
function send(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '{}',
): Promise<{ status: number; headers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${endpoint.url}${path}`, { method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
