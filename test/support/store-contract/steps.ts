import { expect, it } from 'vitest';
import { ALL_WORKFLOWS } from '../../../shared/contracts/index.ts';
import { anAction } from '../stored-examples.ts';
import { aRecord, aReview } from '../stored-records.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** What steps of a case read in one go, and write without a look. */
export function stepContract(fixture: StoreFixture): void {
  it('gives an action with its case and with the settings of its workflow', async () => {
    const { case_, cursor } = await fixture.opened();
    const action = anAction(case_.id, 'send-mail#1');
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), actions: [{ action, from: null }] });
    const whole = await fixture.stores.cases.get(case_.id);
    const read = (caseId: string, actionId: string) =>
      fixture.stores.cases.withAction({ caseId, actionId, workflow: 'never-set' });
    const settings = { own: null, isAllPaused: false };
    expect(await read(case_.id, action.id)).toEqual({ case: whole, action, settings });
    expect(await read(case_.id, 'none#1')).toEqual({ case: whole, action: null, settings });
    expect(await read('none', action.id)).toEqual({ case: null, action: null, settings });
  });

  it('gives an action with its case', async () => {
    const { case_, cursor } = await fixture.opened();
    const action = anAction(case_.id, 'send-mail#1');
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), actions: [{ action, from: null }] });
    const whole = await fixture.stores.cases.get(case_.id);
    const { cases } = fixture.stores;
    expect(await cases.caseAndAction(case_.id, action.id)).toEqual({ case: whole, action });
    expect(await cases.caseAndAction(case_.id, 'none#1')).toEqual({ case: whole, action: null });
    expect(await cases.caseAndAction('none', action.id)).toEqual({ case: null, action: null });
  });

  it('gives a case with all that a later round of it builds on', async () => {
    const { case_, cursor } = await fixture.opened();
    const { cases, records } = fixture.stores;
    const nothing = { actions: [], closedIntents: [], record: null };
    expect(await cases.known('none')).toEqual({ ...nothing, case: null });
    expect(await cases.known(case_.id)).toEqual({ ...nothing, case: await cases.get(case_.id) });

    // and: beside what is asked for, counters, open intents and answers of people
    const actions = ['a-first#1', 'send-mail#1', 'z-last#1'].map((id) => anAction(case_.id, id));
    const closed = { effect: 'contact', target: 'hanna@shop.example' };
    const open = { ...closed, target: 'other@shop.example' };
    const record = aRecord({ caseId: case_.id });
    await cases.commit({
      ...noteWrite(case_, cursor),
      actions: actions.map((action) => ({ action, from: null })),
      closedIntents: [closed],
      reopenedIntents: [open],
      counts: [{ cap: 'mails-a-case', day: null, amount: 1, limit: 5 }],
      record: { record, from: null },
      review: aReview({ caseId: case_.id }),
    });

    expect(await cases.known(case_.id)).toEqual({
      ...{ case: await cases.get(case_.id), actions, closedIntents: [closed] },
      record: await records.get(case_.id),
    });
  });

  it('gives with an action the settings as they are now, and the switch for all', async () => {
    const { case_ } = await fixture.opened();
    const workflow = `told-${case_.id.slice(0, 8).replace(/\d/g, 'x')}`;
    const read = () => fixture.stores.cases.withAction({ caseId: case_.id, actionId: 'none#1', workflow });
    const own = { ...case_.settings, workflow, paused: true };
    await fixture.stores.putSettings(own);
    expect((await read()).settings).toEqual({ own, isAllPaused: false });
    await fixture.stores.putSettings({ ...own, workflow: ALL_WORKFLOWS });
    expect((await read()).settings).toEqual({ own, isAllPaused: true });
    await fixture.stores.putSettings({ ...own, workflow: ALL_WORKFLOWS, paused: false });
  });

  it('writes only to the ledger as the writer knows it, where it is asked to', async () => {
    const { case_, cursor } = await fixture.opened();
    const now = await fixture.stores.cases.commit(noteWrite(case_, cursor));
    await fixture.refuse({ ...noteWrite(case_, cursor), expectUnmoved: true }, 'ledger-moved');
    await fixture.stores.cases.commit({ ...noteWrite(case_, now), expectUnmoved: true });
    expect(await fixture.stores.cases.ledger(case_.id)).toHaveLength(3);
  });
}
