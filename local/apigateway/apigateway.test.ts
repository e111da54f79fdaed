import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { AwsCall, Json, JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSignin, type Signin } from '../signin/index.ts';
import { createApiGateway, type HttpApi, type Route } from './index.ts';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
const ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool';

let url: string;
let server: Server;
let signin: Signin;
let calls: AwsCall[];
let result: () => Json | Promise<Json>;
let setApi: (api: HttpApi) => void;

beforeEach(async () => {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  signin = await createSignin({ store, clock });
  signin.setPool({ issuer: ISSUER, clientId: 'client' });
  calls = [];
  result = () => ({ statusCode: 200 });
  const dispatch = async (call: AwsCall): Promise<JsonObject> => {
    calls.push(call);
    return { StatusCode: 200, Payload: JSON.stringify(await result()) };
  };
  const gateway = createApiGateway({
    clock,
    activity,
    place: PLACE,
    dispatch,
    meter: { add: () => undefined },
    signin,
  });
  setApi = gateway.setApi;
  server = createServer((request, response) => void gateway.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => server.close());

describe('the event', () => {
  beforeEach(() => setApi(apiWith(route('POST /hooks/{workflow}'))));

  it('has the form of payload 2.0', async () => {
    const response = await fetch(`${url}/hooks/lead%20a?b=1&a=2&b=3`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'test', Cookie: 'a=1; b=2' },
      body: '{"x":1}',
    });

    expect(response.status).toBe(200);
    expect(event()).toMatchObject({
      version: '2.0',
      routeKey: 'POST /hooks/{workflow}',
      rawPath: '/hooks/lead a',
      rawQueryString: 'b=1&a=2&b=3',
      queryStringParameters: { b: '1,3', a: '2' },
      cookies: ['a=1', 'b=2'],
      pathParameters: { workflow: 'lead a' },
      body: '{"x":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        stage: '$default',
        routeKey: 'POST /hooks/{workflow}',
        http: { method: 'POST', path: '/hooks/lead a', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      },
    });
    expect(event()['headers']).not.toHaveProperty('cookie');
    expect(event()['headers']).toMatchObject({ 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1' });
  });

  it('carries the trace that the call to the function carries', async () => {
    await fetch(`${url}/hooks/a`, { method: 'POST' });
    const { 'x-amzn-trace-id': trace } = event()['headers'] as JsonObject;
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(calls[0]?.caller.traceId).toBe(trace);
  });

  it.each(['application/octet-stream', 'application/x-www-form-urlencoded', ''])(
    'has a body of type "%s" as base64',
    async (type) => {
      const body = new Uint8Array([0, 255, 65]);
      await fetch(`${url}/hooks/a`, { method: 'POST', body, headers: type === '' ? {} : { 'content-type': type } });
      expect(event()).toMatchObject({ body: 'AP9B', isBase64Encoded: true });
    },
  );

  it('has no body, query or cookies where there are none', async () => {
    await fetch(`${url}/hooks/a`, { method: 'POST' });
    for (const absent of ['body', 'queryStringParameters', 'cookies', 'stageVariables']) {
      expect(event()).not.toHaveProperty(absent);
    }
  });

  it('is sent on behalf of the route, for the permission of the function', async () => {
    await fetch(`${url}/hooks/a`, { method: 'POST' });
    expect(calls[0]).toMatchObject({
      input: { FunctionName: 'fn:POST /hooks/{workflow}' },
      caller: {
        kind: 'service',
        service: 'apigateway.amazonaws.com',
        sourceArn: 'arn:aws:execute-api:eu-west-1:000000000000:api/$default/POST/hooks/{workflow}',
      },
    });
  });
});

describe('the answer', () => {
  beforeEach(() => setApi(apiWith(route('$default'))));

  it('has status, headers, cookies and text of the result', async () => {
    result = () => ({ statusCode: 201, headers: { 'X-One': 1 }, cookies: ['a=1; Path=/', 'b=2'], body: 'made' });
    const response = await fetch(url);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
    expect(await response.text()).toBe('made');
  });

  it('has the bytes of a base64 body', async () => {
    result = () => ({ statusCode: 200, isBase64Encoded: true, body: 'AP9B' });
    expect([...new Uint8Array(await (await fetch(url)).arrayBuffer())]).toEqual([0, 255, 65]);
  });

  it('is JSON with status 200 for a result without a status', async () => {
    result = () => ({ hello: 'you' });
    const response = await fetch(url);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{"hello":"you"}',
    ]);
  });

  it('is a 500 for a result that is no answer', async () => {
    result = () => ({ statusCode: 'fine' });
    const response = await fetch(url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('is a 500 without details when the function may not be called', async () => {
    result = () => {
      throw new AwsError('AccessDeniedException', 'secret detail');
    };
    const response = await fetch(url);
    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('is a 503 when the function takes longer than the integration allows', async () => {
    setApi(apiWith({ ...route('$default'), timeoutMs: 20 }));
    result = () => new Promise(() => undefined);
    const response = await fetch(url);
    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('is a 413 for a body over 10 MB, without asking the function', async () => {
    const response = await fetch(url, { method: 'POST', body: Buffer.alloc(10 * 2 ** 20 + 1) });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(calls).toEqual([]);
  });
});

describe('routes', () => {
  const table: readonly [request: string, expected: string | null][] = [
    ['GET /api/cases', 'GET /api/cases'],
    ['GET /api/cases/7', 'GET /api/cases/{id}'],
    ['DELETE /api/cases/7', 'ANY /api/cases/{id}'],
    ['GET /api/cases/open', 'GET /api/cases/open'],
    ['GET /api/cases/7/ledger/1', 'GET /api/{proxy+}'],
    ['POST /api/cases/7/ledger/1', null],
    ['GET /other', null],
  ];
  it.each(table)('%s goes to %s', async (request, expected) => {
    setApi(
      apiWith(
        route('GET /api/{proxy+}'),
        route('ANY /api/cases/{id}'),
        route('GET /api/cases/{id}'),
        route('GET /api/cases/open'),
        route('GET /api/cases'),
      ),
    );
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${url}${path}`, { method });
    if (expected === null) {
      expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    } else expect(event()['routeKey']).toBe(expected);
  });

  it('hands over what a greedy part took', async () => {
    setApi(apiWith(route('GET /files/{path+}')));
    await fetch(`${url}/files/a/b/c`);
    expect(event()['pathParameters']).toEqual({ path: 'a/b/c' });
  });

  it('fall to $default last', async () => {
    setApi(apiWith(route('$default'), route('GET /a')));
    await fetch(`${url}/b`);
    expect(event()['routeKey']).toBe('$default');
  });
});

describe('a JWT authorizer', () => {
  const authorizer = { issuer: ISSUER, audience: ['client'], header: 'authorization' };
  const authorized = { ...route('GET /api'), authorizer };
  const ask = (token: string): Promise<Response> => {
    return fetch(`${url}/api`, { headers: { authorization: `Bearer ${token}` } });
  };
  beforeEach(() => setApi(apiWith(authorized)));

  it('hands the claims over as text', async () => {
    const { token } = await signin.issueToken({ user: 'ana', groups: ['sales', 'leads'] });
    expect((await ask(token)).status).toBe(200);
    expect(event()['requestContext']).toMatchObject({
      authorizer: {
        jwt: {
          claims: { username: 'ana', 'cognito:groups': '[sales leads]', token_use: 'access', client_id: 'client' },
          scopes: null,
        },
      },
    });
  });

  it('refuses a request without a token', async () => {
    const response = await fetch(`${url}/api`);
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(calls).toEqual([]);
  });

  it('refuses a token whose text was changed', async () => {
    const { token } = await signin.issueToken({ user: 'ana', groups: [] });
    const [header, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: ISSUER, client_id: 'client', exp: 9e9 })).toString('base64url');
    expect((await ask(`${header}.${forged}.${signature}`)).status).toBe(401);
  });

  it('refuses a token for another app', async () => {
    signin.setPool({ issuer: ISSUER, clientId: 'other' });
    expect((await ask((await signin.issueToken({ user: 'ana', groups: [] })).token)).status).toBe(401);
  });

  it('refuses a token of another issuer', async () => {
    signin.setPool({ issuer: 'https://elsewhere', clientId: 'client' });
    expect((await ask((await signin.issueToken({ user: 'ana', groups: [] })).token)).status).toBe(401);
  });

  it('refuses a token without a scope that the route needs', async () => {
    setApi(apiWith({ ...authorized, scopes: ['admin'] }));
    const response = await ask((await signin.issueToken({ user: 'ana', groups: [] })).token);
    expect([response.status, await response.json()]).toEqual([403, { message: 'Forbidden' }]);
  });
});

it('refuses requests above the burst of the stage', async () => {
  const api = apiWith(route('$default'));
  setApi({ ...api, stage: { ...api.stage, throttling: { requestsPerSecond: 0.001, burst: 2 } } });
  const statuses = [(await fetch(url)).status, (await fetch(url)).status, (await fetch(url)).status];
  expect(statuses).toEqual([200, 200, 429]);
});

it('answers preflight requests from the CORS settings', async () => {
  const cors = {
    allowOrigins: ['https://console.example'],
    allowMethods: ['GET'],
    allowHeaders: ['authorization'],
    exposeHeaders: [],
    allowCredentials: false,
    maxAgeSeconds: 60,
  };
  setApi({ ...apiWith(route('GET /a')), cors });
  const headers = { origin: 'https://console.example', 'access-control-request-method': 'GET' };
  const response = await fetch(`${url}/a`, { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://console.example');
});

function event(): JsonObject {
  return JSON.parse(String(calls[0]?.input['Payload'])) as JsonObject;
}

function route(key: string): Route {
  return { key, functionArn: `fn:${key}`, timeoutMs: 30_000, authorizer: null, scopes: [] };
}

function apiWith(...routes: Route[]): HttpApi {
  const stage = { name: '$default', variables: {}, throttling: null, routeThrottling: {} };
  return { id: 'api', stage, routes, cors: null };
}
