import { expect, it } from 'vitest';
import { type Action, ActionState } from '../../../shared/contracts/index.ts';
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

/** What keeps writers of one case from each other beyond its round: who has begun an intent, and who has seen all there is. */
export function lockContract(fixture: StoreFixture): void {
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
}
