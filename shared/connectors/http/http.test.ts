import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectorWorld, KEY, outcomeOf } from '../../../test/support/connector-world.ts';
import { type FakeVendor, startFakeVendor } from '../../../test/support/fake-vendor.ts';
import type { Clock } from '../../ports/index.ts';
import { csvSource, eventOut, httpAction, httpSource, webPage } from '../definitions.ts';
import { paced } from './pace.ts';

const HOST = 'orders.acme.test';
let vendor: FakeVendor;
let orders: Map<string, unknown>;
beforeEach(async () => {
  orders = new Map();
  vendor = await startFakeVendor(HOST, ({ method, path, headers, text }) => {
    if (path === '/page') return { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE };
    if (path === '/prices.csv')
      return { status: 200, headers: { 'content-type': 'text/csv' }, body: 'item,eur\nroof,9\n' };
    if (headers['authorization'] !== 'Bearer token') return { status: 401, body: {} };
    if (method === 'GET') return { status: 200, body: { order: { id: path.slice(1), state: 'late' } } };
    orders.set(headers['idempotency-key'] ?? '', JSON.parse(text));
    return { status: 201, body: { id: orders.size } };
  });
});
afterEach(() => vendor.stop());

const PAGE =
  '<html><head><title>x</title></head><body><h1>Roofs</h1><!-- no --><p>From 9&nbsp;EUR</p><script>run()</script></body>';

const readOrder = httpSource({
  id: 'http.order',
  ...{ hosts: [HOST], secret: 'orders', timeoutMs: 1_000, attempts: 2 },
  arguments: z.strictObject({ id: z.string() }),
  data: z.object({ state: z.string() }),
  call: ({ id }) => ({ method: 'GET', url: `https://${HOST}/${encodeURIComponent(id)}` }),
  read: (answer) => z.object({ order: z.object({ state: z.string() }) }).parse(answer).order,
  standIn: () => ({ state: 'made up' }),
});

const refund = httpAction({
  id: 'http.refund',
  ...{ hosts: [HOST], secret: 'orders', timeoutMs: 1_000, effect: 'irreversible', idempotency: 'key' },
  arguments: z.strictObject({ order: z.string() }),
  result: z.object({ id: z.int() }),
  call: ({ order }, { idempotencyKey }) => ({
    ...{ method: 'POST', url: `https://${HOST}/refunds`, json: { order } },
    headers: { 'idempotency-key': idempotencyKey },
  }),
  standIn: () => ({ id: 0 }),
  intent: ({ order }) => ({ effect: 'refund', target: order }),
});

const page = webPage({ id: 'search.page', hosts: [HOST] });

const world = (authorization: string | null = 'Bearer token') =>
  connectorWorld({
    ...{ sources: [readOrder, page], actions: [refund], web: vendor.web },
    ...(authorization === null ? {} : { secrets: { orders: { authorization }, search: { apiKey: 'key' } } }),
  });

describe('a service that a builder names', () => {
  it('is read as the builder says', async () => {
    expect(await world().sources.read('http.order', { id: '47/11' }, { workflow: 'w' })).toMatchObject({
      state: 'late',
    });
    expect(vendor.seen[0]?.path).toBe('/47%2F11');
  });

  it('is asked to act with the key, once and again', async () => {
    const act = () => world().effects.perform('http.refund', { order: '4711' }, KEY);
    vendor.script('dropped-after');
    expect(await outcomeOf(act())).toBe('unsure');
    expect(await outcomeOf(act())).toBe('done');
    expect([...orders]).toEqual([[KEY.idempotencyKey, { order: '4711' }]]);
  });

  it('refuses for good who is not let in', async () => {
    const { effects, sources } = world('Bearer old');
    expect(await outcomeOf(effects.perform('http.refund', { order: '1' }, KEY))).toBe('refused');
    await expect(sources.read('http.order', { id: '1' }, { workflow: 'w' })).rejects.toMatchObject({
      isPassing: false,
    });
  });

  it('has a stand-in while its secret is not set', async () => {
    const { effects, sources, sandbox } = world(null);
    expect(await sources.read('http.order', { id: '1' }, { workflow: 'w' })).toEqual({ state: 'made up' });
    expect(await effects.perform('http.refund', { order: '1' }, KEY)).toEqual({ id: 0 });
    expect(sandbox.effects.map(({ connector }) => connector)).toEqual(['http.refund']);
    expect(vendor.seen).toEqual([]);
  });

  it('gives a page as text', async () => {
    const found = await world().sources.read('search.page', { url: `https://${HOST}/page` }, { workflow: 'w' });
    expect(found).toEqual({ wordsOf: 'strangers', url: `https://${HOST}/page`, text: 'Roofs\nFrom 9 EUR' });
    expect(JSON.stringify(vendor.seen)).not.toContain('key"');
  });

  it('is not reached at an address that a text proposes', async () => {
    const read = (url: string) => world().sources.read('search.page', { url }, { workflow: 'w' });
    for (const url of ['https://evil.test/', 'https://127.0.0.1/', `http://${HOST}/page`]) {
      await expect(read(url)).rejects.toMatchObject({ isPassing: false, message: expect.stringContaining('refused') });
    }
    expect(vendor.seen).toEqual([]);
  });
});

describe('rows of a CSV file', () => {
  const Row = z.object({ item: z.string(), eur: z.coerce.number() });
  const definition = {
    ...{ arguments: z.strictObject({ most: z.number() }), row: Row, mostRows: 2 },
    matches: (row: z.infer<typeof Row>, { most }: { most: number }) => row.eur <= most,
  };
  const file = csvSource({ id: 'csv.prices', from: { file: 'prices.csv' }, ...definition });
  const far = csvSource({
    ...{ id: 'csv.far', from: { url: `https://${HOST}/prices.csv` }, hosts: [HOST] },
    ...definition,
  });
  const prices = (text: string) =>
    connectorWorld({ sources: [file, far], web: vendor.web, files: { 'agents/w/prices.csv': text } }).sources;

  it('are those that match, up to a number, and it says whether there are more', async () => {
    const text = 'item,eur\nroof,9\ntower,99\nshed,3\npole,1\n';
    expect(await prices(text).read('csv.prices', { most: 10 }, { workflow: 'w' })).toEqual({
      ...{
        rows: [
          { item: 'roof', eur: 9 },
          { item: 'shed', eur: 3 },
        ],
        isAll: false,
      },
    });
    expect(await prices(text).read('csv.prices', { most: 2 }, { workflow: 'w' })).toEqual({
      ...{ rows: [{ item: 'pole', eur: 1 }], isAll: true },
    });
  });

  it('come from an address too', async () => {
    expect(await prices('').read('csv.far', { most: 10 }, { workflow: 'w' })).toEqual({
      ...{ rows: [{ item: 'roof', eur: 9 }], isAll: true },
    });
  });

  it('are none where one of them is broken or the file is missing', async () => {
    await expect(prices('item,eur\nroof,cheap\n').read('csv.prices', { most: 1 }, { workflow: 'w' })).rejects.toThrow(
      /eur/,
    );
    await expect(prices('').read('csv.prices', { most: 1 }, { workflow: 'other' })).rejects.toMatchObject({
      ...{ isPassing: false, message: 'the file prices.csv is not in the bundle' },
    });
  });
});

describe('an event for others', () => {
  it('goes out under the name of the agents, with the key by which a repeat is known', async () => {
    const told = eventOut({
      ...{ id: 'events.lead-qualified', detailType: 'Lead qualified', arguments: z.strictObject({ lead: z.string() }) },
      intent: ({ lead }) => ({ effect: 'tell', target: lead }),
    });
    const { effects, events } = connectorWorld({ actions: [told] });
    expect(await effects.perform('events.lead-qualified', { lead: 'Hanna' }, KEY)).toEqual({ eventId: 'event-1' });
    expect(events).toEqual([
      {
        source: 'remit.agents',
        detailType: 'Lead qualified',
        detail: { lead: 'Hanna', remit: { idempotencyKey: KEY.idempotencyKey, caseId: KEY.caseId } },
      },
    ]);
  });
});

describe('the pace of calls', () => {
  it('keeps to so many in so much time, and goes on afterwards', async () => {
    let nowMs = 1_000_000;
    const slept: number[] = [];
    const clock: Clock = {
      nowMs: () => nowMs,
      sleep: async (ms) => {
        slept.push(ms);
        nowMs += ms;
      },
    };
    const connector = { id: 'test.paced', rate: { calls: 2, perMs: 1_000 } };
    for (let calls = 0; calls < 5; calls += 1) await paced(clock, connector);
    expect(slept).toEqual([1_000, 1_000]);
  });
});
