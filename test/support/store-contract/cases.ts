import { expect, it } from 'vitest';
import { EMPTY_LEDGER, verifyChain } from '../../../shared/domain/ledger.ts';
import { noteWrite, openWrite, type StoreFixture } from './store-fixture.ts';

/** Cases and their ledgers. */
export function caseContract(fixture: StoreFixture): void {
  it('gives a case back as it was opened, with the place where its ledger stands', async () => {
    const { case_, cursor } = await fixture.opened();
    expect(await fixture.stores.cases.get(case_.id)).toEqual({ ...case_, ledger: cursor });
    expect(cursor.seq).toBe(1);
  });

  it('knows no case, action, request, link or token that was not written', async () => {
    expect(await fixture.stores.cases.get('none')).toBeNull();
    expect(await fixture.stores.cases.action('none', 'send#1')).toBeNull();
    expect(await fixture.stores.cases.actions('none')).toEqual([]);
    expect(await fixture.stores.cases.ledger('none')).toEqual([]);
    expect(await fixture.stores.requests.get('none')).toBeNull();
    expect(await fixture.stores.requests.link('none')).toBeNull();
    expect(await fixture.stores.requests.takeTry('none')).toBeNull();
    expect(await fixture.stores.tokens.get('none')).toBeNull();
  });

  it('refuses a second opening', async () => {
    const { case_ } = await fixture.opened();
    await fixture.refuse(openWrite(case_), 'case-exists');
  });

  it('writes for open cases only where it is asked to', async () => {
    const { case_, cursor } = await fixture.opened();
    const closing = { ...noteWrite(case_, cursor), head: { state: 'closed' as const }, expectOpen: true as const };
    const closed = await fixture.stores.cases.commit(closing);
    await fixture.refuse(closing, 'case-closed');
    await fixture.refuse({ ...closing, cursor: closed }, 'case-closed');
    await fixture.stores.cases.commit(noteWrite(case_, closed));
  });

  it('changes only the fields of the head that are given', async () => {
    const { case_, cursor } = await fixture.opened();
    const next = await fixture.stores.cases.commit({
      ...noteWrite(case_, cursor),
      head: { state: 'waiting', round: 1, confidence: 0.5, decision: { tier: 'hot' } },
    });
    expect(await fixture.stores.cases.get(case_.id)).toEqual({
      ...case_,
      ...{ state: 'waiting', round: 1, confidence: 0.5, decision: { tier: 'hot' } },
      ledger: next,
    });
  });

  it('writes after a ledger that moved on, and keeps the chain whole', async () => {
    const { case_, cursor } = await fixture.opened();
    await fixture.stores.cases.commit(noteWrite(case_, cursor));
    const end = await fixture.stores.cases.commit(noteWrite(case_, cursor));
    const blind = await fixture.stores.cases.commit(noteWrite(case_, null));
    expect([end.seq, blind.seq]).toEqual([3, 4]);
    expect(verifyChain(await fixture.stores.cases.ledger(case_.id), blind)).toMatchObject({ ok: true, entries: 4 });
  });

  it('writes only what rests on all that is there, where it is asked to', async () => {
    const { case_, cursor } = await fixture.opened();
    const resting = { ...noteWrite(case_, cursor), expectUnmoved: true as const };
    const next = await fixture.stores.cases.commit(resting);
    await fixture.refuse(resting, 'ledger-moved');
    const ends = await Promise.allSettled(
      [1, 2, 3].map(() => fixture.stores.cases.commit({ ...resting, cursor: next })),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'ledger-moved' });
  });

  it('keeps all events of writers that come at once', async () => {
    const { case_, cursor } = await fixture.opened();
    await Promise.all([1, 2, 3, 4].map(() => fixture.stores.cases.commit(noteWrite(case_, cursor))));
    const head = await fixture.stores.cases.get(case_.id);
    expect(verifyChain(await fixture.stores.cases.ledger(case_.id), head?.ledger)).toMatchObject({
      ok: true,
      entries: 5,
    });
  });

  it('refuses a write for a case that there is not', async () => {
    await fixture.refuse(noteWrite(fixture.fresh(), EMPTY_LEDGER), 'ledger-busy');
    await fixture.refuse(noteWrite(fixture.fresh(), null), 'ledger-busy');
  });

  it('takes one write for each round', async () => {
    const { case_, cursor } = await fixture.opened();
    const write = { ...noteWrite(case_, cursor), expectRound: 0, head: { round: 1 } };
    await fixture.stores.cases.commit(write);
    await fixture.refuse(write, 'round-over');
    await fixture.refuse({ ...write, cursor: null }, 'round-over');
  });
}
