import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { BatchPiece, LineFormat } from '../../../shared/contracts/index.ts';
import type { NewBatch } from '../../../shared/ports/index.ts';
import type { StoreFixture } from './store-fixture.ts';

const CSV: LineFormat = { kind: 'csv', separator: ',', heading: ['id', 'name'] };

/** Files of many lines while they are worked off. */
export function batchContract(fixture: StoreFixture): void {
  const begun = async (file = 'id,name\n1,Ada\n'): Promise<NewBatch> => {
    const batch = newBatch(fixture, file);
    await fixture.stores.batches.begin(batch);
    return batch;
  };

  it('keeps a file once, as it came first', async () => {
    const batch = await begun();
    await fixture.stores.batches.begin({ ...batch, brought: { eventId: 'other', source: { file: 'other' } } });
    expect(await fixture.stores.batches.get(batch.batchId)).toEqual({ ...batch, divided: null, format: null });
    expect(await fixture.stores.batches.get(newBatch(fixture, '').batchId)).toBeNull();
  });

  it('keeps how a file was divided, and after its time nothing of what came', async () => {
    const batch = await begun();
    const divided = { pieces: 3, isRefused: false };
    await fixture.stores.batches.divide(batch.batchId, divided, CSV);
    expect(await fixture.stores.batches.get(batch.batchId)).toEqual({ ...batch, divided, format: CSV });
    const forgotten = { ...batch, brought: null, divided, format: null };
    for (const _time of ['once', 'and again']) {
      await fixture.stores.batches.forget(batch.batchId);
      expect(await fixture.stores.batches.get(batch.batchId)).toEqual(forgotten);
    }
    await fixture.stores.batches.divide(batch.batchId, { pieces: 4, isRefused: false }, CSV);
    expect(await fixture.stores.batches.get(batch.batchId)).toEqual(forgotten);
  });

  it('keeps a piece once, and after its time its cases alone', async () => {
    const { batchId } = await begun();
    const work = { start: 8, end: 13, line: 2, alike: { '0': 'a-1' } };
    const piece: BatchPiece = { number: 7, from: 3_500, lines: 1, cases: [batchId], work };
    await fixture.stores.batches.keepPiece(batchId, piece);
    await fixture.stores.batches.keepPiece(batchId, { ...piece, lines: 2 });
    expect(await fixture.stores.batches.piece(batchId, 7)).toEqual(piece);
    expect(await fixture.stores.batches.piece(batchId, 8)).toBeNull();
    for (const _time of ['once', 'and again']) {
      await fixture.stores.batches.forgetWork(batchId, 7);
      expect(await fixture.stores.batches.piece(batchId, 7)).toEqual({ ...piece, work: null });
    }
    await fixture.stores.batches.keepPiece(batchId, piece);
    expect(await fixture.stores.batches.piece(batchId, 7)).toEqual({ ...piece, work: null });
  });

  it('gives the texts that wait to whoever erases, as long as they wait, and takes one that is changed', async () => {
    const { batches, erasures } = fixture.stores;
    const { batchId, ...batch } = await begun('id,name\n2,Waits\n');
    const { id: other } = fixture.fresh();
    const stored = { bucket: 'files', key: 'a.csv', versionId: '1', bytes: 9 };
    await batches.begin({ ...batch, batchId: other, brought: { eventId: 'msg_2', source: { stored } } });
    const waiting = async () =>
      (await erasures.besideCases('orders', [])).filter(({ body }) => isDeepStrictEqual(body, batch.brought));
    const [found, ...more] = await waiting();
    if (found === undefined) throw new Error('The file is not found');
    expect([found.place, more]).toEqual(['waiting-files', []]);
    expect(JSON.stringify(await erasures.besideCases('orders', []))).not.toContain('a.csv');
    expect(await erasures.besideCases('others', [])).toEqual([]);

    const brought = { eventId: 'msg_1', source: { file: 'id,name\n' } };
    expect(await erasures.rewrite(found, brought)).toBe(true);
    expect(await erasures.rewrite(found, brought)).toBe(false);
    expect(await batches.get(batchId)).toMatchObject({ brought });
    const places = async () => (await erasures.besideCases('orders', [])).map(({ body }) => body);
    expect(await places()).toContainEqual(brought);
    await batches.forget(batchId);
    expect(await places()).not.toContainEqual(brought);
  });

  it('makes nothing of a file that is not there', async () => {
    const { batchId } = newBatch(fixture, '');
    await fixture.stores.batches.divide(batchId, { pieces: 1, isRefused: false }, CSV);
    await fixture.stores.batches.forget(batchId);
    await fixture.stores.batches.forgetWork(batchId, 0);
    expect(await fixture.stores.batches.get(batchId)).toBeNull();
    expect(await fixture.stores.batches.piece(batchId, 0)).toBeNull();
  });
}

function newBatch(fixture: StoreFixture, file: string): NewBatch {
  const about = { workflow: 'orders', trigger: 'order-file', receivedAt: '2026-03-02T09:00:00.000Z' };
  return { batchId: fixture.fresh().id, ...about, brought: { eventId: 'msg_1', source: { file } } };
}
