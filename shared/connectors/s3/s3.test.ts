import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { connectorWorld, outcomeOf } from '../../../test/support/connector-world.ts';
import { etagOf, type FakeS3, type S3Fault, startFakeS3 } from '../../../test/support/fake-s3.ts';
import { ReadError } from '../../ports/index.ts';
import { s3List, s3Remove, s3Rows, s3Text, s3Write } from '../definitions.ts';

const PRICES = 'item,eur\nRoof,9.50\nWall,7\nRoof,11\n';
const Named = z.strictObject({ name: z.string() });
const THEIRS = { bucket: 'acme-finance', prefix: 'lists/' };

const text = s3Text({
  ...{ id: 's3.contract', place: THEIRS, mostBytes: 100 },
  arguments: z.strictObject({ name: z.string(), etag: z.string().nullable() }),
  file: ({ name, etag }) => ({ name, etag }),
});
const rows = s3Rows({
  id: 's3.prices',
  place: THEIRS,
  arguments: z.strictObject({ name: z.string(), item: z.string() }),
  file: ({ name }) => name,
  row: z.object({ item: z.string(), eur: z.coerce.number() }),
  matches: ({ item }, asked) => item === asked.item,
  mostRows: 1,
});
const list = s3List({ ...{ id: 's3.all', place: THEIRS, most: 3 }, arguments: Named, under: ({ name }) => name });
const write = s3Write({
  ...{ id: 's3.report', place: { own: 'reports/' }, mostBytes: 50, type: 'text/csv' },
  arguments: z.strictObject({ name: z.string(), text: z.string() }),
  file: ({ name, text: written }) => ({ name, text: written }),
});
const remove = s3Remove({ id: 's3.unreport', place: { own: 'reports/' } });

let s3: FakeS3;
beforeAll(async () => {
  s3 = await startFakeS3();
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.stored.clear();
  s3.stored.set('acme-finance/lists/prices.csv', { text: PRICES });
  s3.stored.set('acme-finance/lists/contract.md', { text: 'We pay.', type: 'text/markdown; charset=utf-8' });
  s3.stored.set('acme-finance/secret.md', { text: 'Nobody’s business' });
});

const FACTS = { changedAt: '2026-03-02T09:00:00.000Z' };
const KEY = { idempotencyKey: 'c1.report#1', caseId: 'c1', workflow: 'w' };

/** Connectors with little time, so that a server that hangs is not waited for. */
function world(timeoutMs = 4_000) {
  const quick = <C extends object>(connector: C): C => ({ ...connector, timeoutMs });
  return connectorWorld({
    ...{ objects: s3.objects, sources: [text, rows, list].map(quick) },
    actions: [quick(write), quick(remove)],
  });
}
const read = (id: string, args: Parameters<ReturnType<typeof world>['sources']['read']>[1], timeoutMs?: number) =>
  world(timeoutMs).sources.read(id, args, { workflow: 'w' });
const contract = (name = 'contract.md', etag: string | null = null, timeoutMs?: number) =>
  read('s3.contract', { name, etag }, timeoutMs);

/** Why a reading failed, and whether another try is worth it. */
async function whyNot(reading: Promise<unknown>): Promise<[words: string, isPassing: boolean]> {
  const error: unknown = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ReadError)) throw new Error(`no ReadError: ${String(error)}`);
  return [error.message, error.isPassing];
}

describe('a file', () => {
  it('is read as text, with what tells it from the one that replaces it', async () => {
    expect(text.data.parse(await contract())).toEqual({
      ...{ ...FACTS, name: 'contract.md', etag: etagOf('We pay.'), text: 'We pay.' },
    });
    expect(await contract('contract.md', etagOf('We pay.'))).toMatchObject({ text: 'We pay.' });
  });

  it('gives the rows that match, up to the most, in the form of its schema', async () => {
    const found = await read('s3.prices', { name: 'prices.csv', item: 'Roof' });
    const facts = { ...FACTS, name: 'prices.csv', etag: etagOf(PRICES) };
    expect(rows.data.parse(found)).toEqual({ ...facts, rows: [{ item: 'Roof', eur: 9.5 }], isAll: false });
    expect(await read('s3.prices', { name: 'prices.csv', item: 'Door' })).toMatchObject({ rows: [], isAll: true });
  });

  it.each([
    ['../secret.md'],
    ['%2e%2e/secret.md'],
    ['a/../../secret.md'],
    ['/secret.md'],
    ['\uff0e\uff0e/secret.md'],
    ['\u2024\u2024/secret.md'],
    [''],
  ])('called %j is not asked for', async (name) => {
    const before = s3.seen.length;
    expect(await whyNot(contract(name))).toEqual([expect.stringMatching(/name/), false]);
    expect(await whyNot(read('s3.prices', { name, item: 'Roof' }))).toEqual([expect.stringMatching(/name/), false]);
    if (name !== '') expect(await whyNot(read('s3.all', { name }))).toEqual([expect.stringMatching(/name/), false]);
    expect(s3.seen).toHaveLength(before);
  });

  it('that was replaced between list and reading is not taken for the one that was listed', async () => {
    const { files } = list.data.parse(await read('s3.all', { name: 'contract' }));
    s3.stored.set('acme-finance/lists/contract.md', { text: 'We pay twice.', type: 'text/markdown' });
    const reading = contract('contract.md', files[0]?.etag ?? null);
    expect(await whyNot(reading)).toEqual(['contract.md: it was changed since it was listed', false]);
  });

  it.each<[string, { text: string | Uint8Array; type?: string }, string]>([
    [
      'larger than is read',
      { text: 'x'.repeat(101), type: 'text/plain' },
      'it has 101 bytes, and at most 100 are read',
    ],
    ['a picture', { text: 'x', type: 'image/png' }, 'its type is "image/png" and none of text/*, application/json'],
    ['of no type', { text: 'x', type: '' }, 'its type is ""'],
    ['called text and no text', { text: new Uint8Array([0xff, 0xfe]), type: 'text/plain' }, 'it is not valid UTF-8'],
  ])('that is %s is refused', async (_what, object, words) => {
    s3.stored.set('acme-finance/lists/odd.md', object);
    expect(await whyNot(contract('odd.md'))).toEqual([expect.stringContaining(`odd.md: ${words}`), false]);
  });

  it.each([
    ['a row that does not fit', 'item,eur\nRoof,nine\n', /expected number/i],
    ['a broken quotation', 'item,eur\n"Roof,9\n', /quotation is not closed/],
    ['a row that is too short', 'item,eur\nRoof\n', /line 2: it has 1 fields/],
    ['another heading', 'name,eur\nRoof,9\n', /item/],
    ['a heading alone', 'item,eur\n', /it has no rows/],
    ['nothing', '', /it has no rows/],
  ])('of rows with %s is refused as a whole', async (_what, broken, words) => {
    s3.stored.set('acme-finance/lists/prices.csv', { text: broken });
    const reading = read('s3.prices', { name: 'prices.csv', item: 'Wall' });
    expect(await whyNot(reading)).toEqual([expect.stringMatching(words), false]);
  });
});

describe('a bucket that does not answer well', () => {
  it.each<[S3Fault, string, boolean]>([
    ['SlowDown', 'the bucket asks for fewer calls', true],
    ['InternalError', 'the bucket answered 500 InternalError', true],
    ['proxy-page', 'the bucket answered 502', true],
    ['breaks-off', 'the answer broke off', true],
    ['dropped', 'the answer broke off', true],
    ['AccessDenied', 'it is not there, or may not be read', false],
    ['key-denied', 'the key that it is encrypted by may not be used', false],
    ['key-disabled', 'the key that it is encrypted by may not be used', false],
    ['InvalidObjectState', 'it is in an archive, and would have to be brought back first', false],
    ['wrong-region', 'the bucket is in another region', false],
    ['packed', 'it is packed, or does not say how long it is', false],
  ])('by %s fails a reading with its reason, and says whether to try again', async (fault, words, isPassing) => {
    s3.script(fault);
    expect(await whyNot(contract())).toEqual([`contract.md: ${words}`, isPassing]);
  });

  it('fails for what is not there', async () => {
    expect(await whyNot(contract('gone.md'))).toEqual(['gone.md: there is no such file', false]);
  });

  it('in time fails, and may be tried again', async () => {
    s3.script('hangs');
    expect(await whyNot(contract('contract.md', null, 400))).toEqual(['contract.md: no answer in time', true]);
  });

  it('at all fails, and may be tried again', async () => {
    const gone = await startFakeS3();
    await gone.stop();
    const reading = connectorWorld({ objects: gone.objects, sources: [text] }).sources.read(
      ...(['s3.contract', { name: 'a.md', etag: null }, { workflow: 'w' }] as const),
    );
    expect(await whyNot(reading)).toEqual(['a.md: no connection came about', true]);
  });
});

describe('a list', () => {
  it('has names, sizes and times below its prefix, and says when there is more', async () => {
    s3.stored.set('acme-finance/lists/a&b<c.csv', { text: '12' });
    s3.stored.set('acme-finance/lists/2026/', { text: '' });
    const listed = list.data.parse(await read('s3.all', { name: '' }));
    expect(listed).toEqual({
      files: [
        { ...FACTS, name: 'a&b<c.csv', bytes: 2, etag: etagOf('12') },
        { ...FACTS, name: 'contract.md', bytes: 7, etag: etagOf('We pay.') },
      ],
      isAll: false,
    });
    expect(await read('s3.all', { name: 'contract' })).toMatchObject({ isAll: true });
  });

  it('that breaks off is none', async () => {
    s3.script('half-a-list');
    expect(await whyNot(read('s3.all', { name: '' }))).toEqual(['lists/: the list broke off', true]);
  });
});

describe('a report', () => {
  const report = { name: '2026/march.csv', text: 'a,b\n1,2\n' };
  const perform = (args = report, key = KEY) => world(800).effects.perform('s3.report', args, key);
  const there = () => s3.stored.get('own/reports/2026/march.csv');

  it('is written once, whatever is tried again', async () => {
    const first = write.result.parse(await perform());
    expect(first).toEqual({ name: report.name, etag: etagOf(report.text), versionId: 'v1' });
    expect(await perform()).toEqual(first);
    expect(there()).toEqual({ text: Buffer.from(report.text), type: 'text/csv', mark: KEY.idempotencyKey });
  });

  it('never takes the place of a file that another one has written', async () => {
    s3.stored.set('own/reports/2026/march.csv', { text: 'theirs', mark: 'c0.report#1' });
    await expect(perform()).rejects.toMatchObject({
      ...{ name: 'EffectError', isPassing: false },
      message: '2026/march.csv: there is a file of this name already',
    });
    expect(there()?.text).toBe('theirs');
  });

  it.each<[S3Fault, string, boolean]>([
    ['SlowDown', 'passing', false],
    ['ConditionalRequestConflict', 'passing', false],
    ['AccessDenied', 'refused', false],
    ['key-denied', 'refused', false],
    ['wrong-region', 'refused', false],
    ['InternalError', 'unsure', false],
    ['InternalError-after', 'unsure', true],
    ['dropped', 'unsure', false],
    ['dropped-after', 'unsure', true],
    ['hangs-after', 'unsure', true],
  ])('whose writing meets %s is %s, and a repeat leaves one of it', async (fault, outcome, isThere) => {
    s3.script(fault);
    expect(await outcomeOf(perform())).toBe(outcome);
    expect(there() !== undefined).toBe(isThere);
    expect(await outcomeOf(perform())).toBe('done');
    expect(there()?.mark).toBe(KEY.idempotencyKey);
  });

  it('that is larger than it may be, or called so that it leads elsewhere, is not written', async () => {
    expect(await outcomeOf(perform({ ...report, text: 'x'.repeat(51) }))).toBe('refused');
    expect(await outcomeOf(perform({ ...report, name: '../prices.csv' }))).toBe('refused');
    expect([...s3.stored.keys()].filter((name) => name.startsWith('own/'))).toEqual([]);
  });

  it('is taken back by its version, and taking it back again changes nothing', async () => {
    const { name, versionId } = write.result.parse(await perform());
    const back = { name, versionId: versionId ?? '' };
    for (let time = 0; time < 2; time += 1) {
      expect(await world().effects.perform('s3.unreport', back, { ...KEY, idempotencyKey: `back#${time}` })).toEqual({
        name,
      });
    }
    expect(there()).toBeUndefined();
    expect(s3.seen.at(-1)).toBe('DELETE /own/reports/2026/march.csv?versionId=v1');
  });

  it('has one intent for one file, whatever it says', () => {
    expect(write.intent({ ...report, text: 'other' })).toEqual({
      effect: 'write-file',
      target: 'reports/2026/march.csv',
    });
  });
});
