import { expect, it } from 'vitest';
import { ALL_WORKFLOWS } from '../../../shared/contracts/index.ts';
import { anAction } from '../stored-examples.ts';
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
