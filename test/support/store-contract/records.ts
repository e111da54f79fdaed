import { expect, it } from 'vitest';
import { caseIdOf } from '../../../shared/domain/case-id.ts';
import { governanceCase } from '../../../shared/domain/governance-case.ts';
import { EMPTY_LEDGER } from '../../../shared/domain/ledger.ts';
import { aRecord, aReview } from '../stored-records.ts';
import { noteWrite, openWrite, type StoreFixture } from './store-fixture.ts';

/** What autonomy is earned and lost by, and the settings that say how much there is. */
export function recordContract(fixture: StoreFixture): void {
  it('keeps the record of a decision, and changes it only from the revision that is named', async () => {
    const { case_, cursor } = await fixture.opened();
    const record = aRecord({ caseId: case_.id });
    expect(await fixture.stores.records.get(case_.id)).toBeNull();
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), record: { record, from: null } });
    expect(await fixture.stores.records.get(case_.id)).toEqual(record);
    await fixture.refuse({ ...noteWrite(case_, null), record: { record, from: null } }, 'record-changed');
    const changed = { ...record, standing: 'expired' as const, revision: 1 };
    await fixture.refuse({ ...noteWrite(case_, null), record: { record: changed, from: 1 } }, 'record-changed');
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), record: { record: changed, from: 0 } });
    expect(await fixture.stores.records.get(case_.id)).toEqual(changed);
  });

  it('says that a round is over rather than that its record is there', async () => {
    const { case_, cursor } = await fixture.opened();
    const record = { record: aRecord({ caseId: case_.id }), from: null };
    const write = { ...noteWrite(case_, cursor), expectRound: 0, head: { round: 1 }, record };
    await fixture.stores.cases.commit(write);
    await fixture.refuse(write, 'round-over');
  });

  it('finds the newest records of one segment under one version', async () => {
    const workflow = 'recorded-workflow';
    const wanted = { workflow, segment: 'small', version: 'v1' };
    const others = [{ segment: 'large' }, { segment: null }, { version: 'v2' }, { workflow: 'another-workflow' }];
    const made = [5, 3, 4].map((decidedAtMs) => ({ ...wanted, decidedAtMs }));
    for (const fields of [...made, ...others.map((other) => ({ ...wanted, ...other, decidedAtMs: 9 }))]) {
      const case_ = fixture.fresh();
      const record = aRecord({ caseId: case_.id, ...fields });
      await fixture.stores.cases.commit({ ...openWrite(case_), record: { record, from: null } });
    }
    const found = await fixture.stores.records.latest({ ...wanted, limit: 2 });
    expect(found.map(({ decidedAtMs }) => decidedAtMs)).toEqual([5, 4]);
    const all = await fixture.stores.records.latest({ ...wanted, limit: 100 });
    expect(all.map(({ decidedAtMs }) => decidedAtMs)).toEqual([5, 4, 3]);
    const known = await fixture.stores.records.ofCases([...all.map(({ caseId }) => caseId), 'none']);
    expect(known).toHaveLength(3);
  });

  it('reads more than one page of records, in order', async () => {
    const workflow = 'long-workflow';
    for (let at = 0; at < 130; at += 1) {
      const id = caseIdOf({ workflow, trigger: 't', eventId: `${at}` });
      const record = aRecord({ caseId: id, workflow, decidedAtMs: at });
      await fixture.stores.cases.commit({ ...openWrite({ ...fixture.fresh(), id }), record: { record, from: null } });
    }
    const { segment, version } = aRecord({ caseId: fixture.fresh().id });
    const found = await fixture.stores.records.latest({ workflow, segment, version, limit: 120 });
    expect(found.map(({ decidedAtMs }) => decidedAtMs)).toEqual(Array.from({ length: 120 }, (_, at) => 129 - at));
    expect(await fixture.stores.records.ofCases(found.map(({ caseId }) => caseId))).toHaveLength(120);
  });

  answersAndSettings(fixture);
}

function answersAndSettings(fixture: StoreFixture): void {
  it('keeps each answer of a person once, newest first, and marks a known-answer item', async () => {
    const { case_, cursor } = await fixture.opened();
    const workflow = 'reviewed-workflow';
    const reviews = [1, 2].map((atMs) => aReview({ caseId: case_.id, workflow, requestId: `r-${atMs}`, atMs }));
    const seed = {
      caseId: case_.id,
      workflow,
      shown: { a: 1 },
      answer: { a: 2 },
      by: 'o@remit.example',
      seededAtMs: 1,
    };
    for (const review of [...reviews, ...reviews]) {
      await fixture.stores.cases.commit({ ...noteWrite(case_, null), review });
    }
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), seed });
    expect(await fixture.stores.records.reviews({ workflow, limit: 10 })).toEqual(reviews.toReversed());
    expect(await fixture.stores.records.reviews({ workflow, limit: 1 })).toEqual(reviews.slice(1));
    expect(await fixture.stores.records.seed(case_.id)).toEqual(seed);
    expect(await fixture.stores.records.seed('none')).toBeNull();
  });

  it('changes settings with the write that tells of it, and only from the revision that is named', async () => {
    const { case_, cursor } = await fixture.opened();
    const settings = { ...case_.settings, workflow: 'changed-workflow', revision: 1 };
    const write = { ...noteWrite(case_, cursor), changedSettings: { settings, from: null } };
    await fixture.stores.cases.commit(write);
    await fixture.refuse({ ...write, cursor: null }, 'settings-changed');
    const paused = { ...settings, paused: true, revision: 2 };
    const second = { ...noteWrite(case_, null), changedSettings: { settings: paused, from: 1 } };
    await fixture.stores.cases.commit(second);
    await fixture.refuse(second, 'settings-changed');
    expect(await fixture.stores.settings.get('changed-workflow')).toEqual({ own: paused, isAllPaused: false });
    await fixture.refuse({ ...noteWrite(case_, null), whileRunning: 'changed-workflow' }, 'paused');
  });

  it('keeps a governance case out of every list, whatever state it comes to', async () => {
    const workflow = 'governed-workflow';
    const { settings, versions } = fixture.fresh();
    const governance = governanceCase({ ...settings, workflow }, versions, 1);
    await fixture.stores.cases.commit({ ...openWrite(governance), cursor: EMPTY_LEDGER });
    const { id: caseId } = governance;
    await fixture.stores.cases.commit({ ...noteWrite(governance, null), caseId, head: { state: 'waiting' } });
    expect(await fixture.stores.cases.get(caseId)).toMatchObject({ state: 'waiting', trigger: 'governance' });
    for (const state of [null, 'open', 'waiting', 'closed']) {
      expect((await fixture.stores.cases.list({ workflow, state, limit: 10, after: null })).items).toEqual([]);
    }
  });
}
