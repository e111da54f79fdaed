import { expect, it } from 'vitest';
import { type Action, ALL_WORKFLOWS } from '../../../shared/contracts/index.ts';
import type { CaseWrite } from '../../../shared/ports/index.ts';
import { anAction } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** Actions, the kill switch, and which conflict is named. */
export function actionContract(fixture: StoreFixture): void {
  it('takes a new action once, and gives the actions of one case back', async () => {
    const { case_, cursor } = await fixture.opened();
    const action = anAction(case_.id, 'send-mail#1');
    const other = anAction(case_.id, 'send-mail#2');
    const write = {
      ...noteWrite(case_, cursor),
      actions: [action, other].map((one) => ({ action: one, from: null })),
    };
    await fixture.stores.cases.commit(write);
    expect(await fixture.stores.cases.action(case_.id, action.id)).toEqual(action);
    expect(await fixture.stores.cases.actions(case_.id)).toEqual([action, other]);
    await fixture.refuse({ ...write, cursor: null }, 'action-moved');
  });

  it('moves an action only from the states and the digest that are named', async () => {
    const { case_, cursor } = await fixture.opened();
    const action = anAction(case_.id, 'send-mail#1');
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), actions: [{ action, from: null }] });
    const done: Action = { ...action, state: 'done' };
    const move = (from: NonNullable<CaseWrite['actions']>[number]['from'], to = done): CaseWrite => ({
      ...noteWrite(case_, null),
      actions: [{ action: to, from }],
    });
    await fixture.refuse(move({ states: ['approved', 'intended'], digest: action.digest }), 'action-moved');
    await fixture.refuse(move({ states: ['proposed'], digest: 'f'.repeat(64) }), 'action-moved');
    const missing = { ...done, id: anAction(case_.id, 'send-mail#9').id };
    await fixture.refuse(move({ states: ['proposed'], digest: action.digest }, missing), 'action-moved');
    await fixture.stores.cases.commit(move({ states: ['approved', 'proposed'], digest: action.digest }));
    expect(await fixture.stores.cases.action(case_.id, action.id)).toEqual(done);
  });

  it('writes nothing that needs a running workflow while it is switched off', async () => {
    const { case_, cursor } = await fixture.opened();
    const workflow = `switched-${case_.id.slice(0, 8).replace(/\d/g, 'x')}`;
    const write = { ...noteWrite(case_, cursor), whileRunning: workflow };
    await fixture.stores.cases.commit(write);
    const settings = { ...case_.settings, workflow, paused: true };
    await fixture.stores.putSettings(settings);
    expect(await fixture.stores.settings.get(workflow)).toEqual({ own: settings, isAllPaused: false });
    await fixture.refuse({ ...write, cursor: null }, 'paused');
    await fixture.stores.putSettings({ ...settings, paused: false });
    await fixture.stores.cases.commit({ ...write, cursor: null });
    await fixture.stores.putSettings({ ...settings, workflow: ALL_WORKFLOWS });
    expect(await fixture.stores.settings.get(`${workflow}-two`)).toEqual({ own: null, isAllPaused: true });
    await fixture.refuse({ ...write, cursor: null }, 'paused');
    await fixture.stores.putSettings({ ...settings, workflow: ALL_WORKFLOWS, paused: false });
  });

  it('writes nothing that does what a person has refused, until a person allows it again', async () => {
    const { case_, cursor } = await fixture.opened();
    const intent = { effect: 'contact', target: 'hanna@shop.example' };
    const other = { ...intent, target: 'somebody-else@shop.example' };
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), closedIntents: [intent] });
    expect(await fixture.stores.cases.closedIntents(case_.id)).toEqual([intent]);
    await fixture.refuse({ ...noteWrite(case_, null), whileIntentOpen: intent }, 'intent-closed');
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), whileIntentOpen: other });
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), reopenedIntents: [intent] });
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), whileIntentOpen: intent });
    expect(await fixture.stores.cases.closedIntents(case_.id)).toEqual([]);
  });

  it('names the real conflict even where the ledger moved on too', async () => {
    const { case_, cursor } = await fixture.opened();
    await fixture.stores.cases.commit(noteWrite(case_, cursor));
    const action = anAction(case_.id, 'send-mail#1');
    const move = { action, from: { states: ['asked' as const], digest: action.digest } };
    await fixture.refuse({ ...noteWrite(case_, cursor), actions: [move] }, 'action-moved');
  });
}
