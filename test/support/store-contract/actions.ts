import { expect, it } from 'vitest';
import { type Action, ActionState, ALL_WORKFLOWS } from '../../../shared/contracts/index.ts';
import type { CaseWrite, IntentTaken } from '../../../shared/ports/index.ts';
import { anAction } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

const HAPPENED = [
  ['intended', true],
  ['done', true],
  ['unsure', true],
  ['asked', true],
  ['approved', true],
  ['proposed', true],
  ['asked', true],
] as const;

/** Every state that an action may have. */
const ANY = ActionState.enum;

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

  it('lets the actions of one round begin an intent, and those of another only where nothing came of these', async () => {
    const { case_, cursor } = await fixture.opened();
    const { cases } = fixture.stores;
    const intent = { effect: 'contact', target: 'hanna@shop.example' };
    const action = anAction(case_.id, 'send-mail#1', { intent });
    await cases.commit({ ...noteWrite(case_, cursor), actions: [{ action, from: null }] });
    const take = (round: number, instead: IntentTaken['instead'] = null, changes: Partial<CaseWrite> = {}) => ({
      ...{ ...noteWrite(case_, null), takesIntent: { intent, round, instead } },
      ...changes,
    });
    const become = (changes: Partial<Action>, states: Action['state'][]): Partial<CaseWrite> => ({
      actions: [{ action: { ...action, ...changes }, from: { states, digest: action.digest } }],
    });
    await cases.commit(take(1, null, become({ state: 'intended', begun: true }, ['proposed'])));
    await cases.commit(take(1));
    const inPlace = { round: 1, actionIds: [action.id, 'send-mail#9'] };
    for (const [state, begun] of HAPPENED) {
      await cases.commit({
        ...noteWrite(case_, null),
        ...become({ state, begun }, Object.keys(ANY) as Action['state'][]),
      });
      await expect(cases.commit(take(2))).rejects.toMatchObject({ kind: 'intent-taken', about: '1' });
      await expect(cases.commit(take(2, inPlace))).rejects.toMatchObject({ kind: 'intent-taken', about: '1' });
    }
    await cases.commit({ ...noteWrite(case_, null), ...become({ state: 'refused', begun: true }, ['asked']) });
    await expect(cases.commit(take(2, { round: 3, actionIds: [] }))).rejects.toMatchObject({ kind: 'intent-taken' });
    await cases.commit(take(2, inPlace));
    await expect(cases.commit(take(1))).rejects.toMatchObject({ kind: 'intent-taken', about: '2' });
    expect(await cases.closedIntents(case_.id)).toEqual([]);
    await cases.commit({ ...noteWrite(case_, null), closedIntents: [intent] });
    await fixture.refuse(take(2), 'intent-closed');
    await cases.commit({ ...noteWrite(case_, null), reopenedIntents: [intent] });
    await expect(cases.commit(take(1))).rejects.toMatchObject({ kind: 'intent-taken', about: '2' });
    await cases.commit(take(2));
  });

  it('lets one of two rounds begin an intent that come to it at the same time', async () => {
    const { case_ } = await fixture.opened();
    const intent = { effect: 'contact', target: 'hanna@shop.example' };
    const ends = await Promise.allSettled(
      [1, 2, 3].map((round) =>
        fixture.stores.cases.commit({ ...noteWrite(case_, null), takesIntent: { intent, round, instead: null } }),
      ),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'intent-taken' });
  });

  it('names the real conflict even where the ledger moved on too', async () => {
    const { case_, cursor } = await fixture.opened();
    await fixture.stores.cases.commit(noteWrite(case_, cursor));
    const action = anAction(case_.id, 'send-mail#1');
    const move = { action, from: { states: ['asked' as const], digest: action.digest } };
    await fixture.refuse({ ...noteWrite(case_, cursor), actions: [move] }, 'action-moved');
  });
}
