import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../../../test/support/attacks.ts';
import type { WebAnswer } from '../../ports/index.ts';
import { exchangeBy, type Hop } from './dial.ts';
import { guardedWeb } from './guarded-web.ts';

const PUBLIC = '93.184.215.14';
const HOSTS = ['api.acme.test', 'rebind.acme.test', 'redirect.acme.test'];
const FINE: WebAnswer = { status: 200, headers: {}, text: 'fine' };

/** The guard over a made-up internet; `hops` are the connections that it lets through. */
function world(options: { addresses?: (host: string) => readonly string[]; answers?: (hop: Hop) => WebAnswer } = {}) {
  const { addresses = () => [PUBLIC], answers = () => FINE } = options;
  const hops: Hop[] = [];
  const web = guardedWeb({
    resolve: async (host) => addresses(host),
    exchange: async (hop) => {
      hops.push(hop);
      return answers(hop);
    },
  });
  const get = (url: string, method: 'GET' | 'POST' = 'GET') =>
    web.send({
      ...{ method, url, hosts: HOSTS, body: null, timeoutMs: 1_000 },
      headers: { authorization: 'Bearer secret', accept: 'text/plain' },
    });
  return { get, hops };
}

const sentTo = (location: string) => (hop: Hop) =>
  hop.url.hostname === 'redirect.acme.test' ? { status: 302, headers: { location }, text: '' } : FINE;

describe('the guard of the web', () => {
  it('lets a request to a listed host through, to the address that it checked', async () => {
    const { get, hops } = world();
    expect(await get('https://API.acme.test/v1?q=1')).toEqual(FINE);
    expect(hops.map(({ url, address, family }) => [url.href, address, family])).toEqual([
      ['https://api.acme.test/v1?q=1', PUBLIC, 4],
    ]);
  });

  it.each([
    ['a single address inside', ['10.0.0.1']],
    ['one address inside among others', [PUBLIC, '127.0.0.1']],
    ['a mapped address', ['::ffff:169.254.169.254']],
  ])('refuses a listed name that leads to %s', async (_what, addresses) => {
    const { get, hops } = world({ addresses: () => addresses });
    await expect(get('https://api.acme.test/')).rejects.toMatchObject({ stage: 'refused' });
    expect(hops).toEqual([]);
  });

  it('says that nothing was sent where a name leads nowhere', async () => {
    const { get } = world({ addresses: () => [] });
    await expect(get('https://api.acme.test/')).rejects.toMatchObject({ stage: 'not-sent' });
  });

  it('follows a redirect of a reading request to a listed host, without what lets it in at the first', async () => {
    const { get, hops } = world({ answers: sentTo('https://api.acme.test/next') });
    expect(await get('https://redirect.acme.test/')).toEqual(FINE);
    expect(hops.map(({ headers }) => headers['authorization'] ?? null)).toEqual(['Bearer secret', null]);
  });

  it.each([
    ['another host', 'https://evil.test/'],
    ['an address', 'https://127.0.0.1/'],
    ['no encryption', 'http://api.acme.test/'],
    ['a file', 'file:///proc/self/environ'],
    ['a port', '//api.acme.test:9001/'],
    ['itself, again and again', 'https://redirect.acme.test/'],
  ])('refuses a redirect to %s', async (_what, location) => {
    const { get, hops } = world({ answers: sentTo(location) });
    await expect(get('https://redirect.acme.test/')).rejects.toMatchObject({ stage: 'refused' });
    expect(hops.length).toBeLessThan(5);
    expect(new Set(hops.map(({ url }) => url.hostname))).toEqual(new Set(['redirect.acme.test']));
  });

  it('sends what changes something nowhere else', async () => {
    const { get, hops } = world({ answers: sentTo('https://api.acme.test/next') });
    expect(await get('https://redirect.acme.test/', 'POST')).toMatchObject({ status: 302 });
    expect(hops).toHaveLength(1);
  });

  it('looks again at each request, so that a name that moves inside is refused from then on', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    const { get, hops } = world({ addresses: () => answers.shift() ?? [] });
    await get('https://rebind.acme.test/');
    await expect(get('https://rebind.acme.test/')).rejects.toMatchObject({ stage: 'refused' });
    expect(hops.map(({ address }) => address)).toEqual([PUBLIC]);
  });
});

describe('a connection', () => {
  const bodies: string[] = [];
  const server = createServer((incoming, outgoing) => {
    bodies.push(incoming.headers.host ?? '');
    if (incoming.url === '/slow') return;
    if (incoming.url === '/endless') {
      const timer = setInterval(() => outgoing.write('x'.repeat(1_000)), 5);
      outgoing.on('close', () => clearInterval(timer));
      return;
    }
    outgoing.end('here');
  });
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const exchange = (path: string, options: Partial<Hop> = {}) =>
    exchangeBy(httpRequest, {
      ...{ url: new URL(`http://nobody-has-this-name.test:${port}${path}`), address: '127.0.0.1', family: 4 },
      ...{ method: 'GET', headers: {}, body: null, mostBytes: 5_000, signal: AbortSignal.timeout(300) },
      ...options,
    });

  it('goes to the address that was checked, whatever the name says', async () => {
    expect(await exchange('/')).toMatchObject({ status: 200, text: 'here' });
    expect(bodies).toEqual([`nobody-has-this-name.test:${port}`]);
  });

  it.each([
    ['gets no answer in time', '/slow'],
    ['gets an answer without end', '/endless'],
  ])('that %s may have arrived', async (_what, path) => {
    await expect(exchange(path)).rejects.toMatchObject({ stage: 'no-answer' });
  });

  it('that nobody takes has sent nothing', async () => {
    const url = new URL('http://nobody-has-this-name.test:1/');
    await expect(exchange('/', { url })).rejects.toMatchObject({ stage: 'not-sent' });
  });
});

const Rows = z.array(z.object({ url: z.string(), class: z.string(), expect: z.string() }));
const file = attackFile('own/ssrf-urls.json');
const rows = file === null ? [] : Rows.parse(file);

describe.skipIf(file === null)('collected URLs', () => {
  const bad = rows.filter((row) => row.class !== 'benign' && row.class !== 'at the hop');
  it.each(bad.map(({ url }) => [url]))('refuses %j without a connection', async (url) => {
    const { get, hops } = world({ addresses: (host) => (host.endsWith('.acme.test') ? [PUBLIC] : ['127.0.0.1']) });
    await expect(get(url)).rejects.toMatchObject({ stage: 'refused' });
    expect(hops).toEqual([]);
  });

  const moving = rows.filter((row) => row.class === 'at the hop');
  it.each(moving.map(({ url }) => [url]))('never reaches this machine by %j', async (url) => {
    const answers = [[PUBLIC], ['127.0.0.1'], ['127.0.0.1']];
    const { get, hops } = world({ addresses: () => answers.shift() ?? [] });
    await get(url);
    await expect(get(url)).rejects.toMatchObject({ stage: 'refused' });
    expect(hops.map(({ address }) => address)).toEqual([PUBLIC]);
  });

  const good = rows.filter((row) => row.class === 'benign');
  it.each(good.map(({ url }) => [url]))('lets %j through, once, as it is', async (url) => {
    const { get, hops } = world();
    await get(url);
    expect(hops.map((hop) => hop.url.href)).toEqual([new URL(url).href]);
  });

  it('are all looked at', () => {
    expect(bad.length + moving.length + good.length).toBe(rows.length);
    expect([bad.length > 30, moving.length, good.length]).toEqual([true, 1, 4]);
  });
});
