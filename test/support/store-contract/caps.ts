import { expect, it } from 'vitest';
import type { CapCount } from '../../../shared/contracts/index.ts';
import { anAction } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

const DAY = '2026-03-02';

/** Counters of caps: whatever comes at once, none passes its limit. */
export function capContract(fixture: StoreFixture): void {
  let made = 0;
  /** A count under a cap that no other test knows. */
  const count = (changes: Partial<CapCount> = {}): CapCount => {
    made += 1;
    return { cap: `cap-${made}`, day: DAY, amount: 1, limit: 3, ...changes };
  };

  it('counts up to the limit and not beyond it, and names the cap that has no room', async () => {
    const { case_ } = await fixture.opened();
    const many = count({ amount: 2 });
    const other = count({ limit: 9 });
    const write = { ...noteWrite(case_, null), counts: [other, many] };
    await fixture.stores.cases.commit(write);
    await expect(fixture.stores.cases.commit(write)).rejects.toMatchObject({ kind: 'cap-reached', about: many.cap });
    expect(await fixture.stores.cases.capTotals(write, [other, many, count()])).toEqual({
      [other.cap]: 1,
      [many.cap]: 2,
    });
    await fixture.stores.cases.commit({ ...write, counts: [{ ...many, amount: 1 }] });
    await fixture.refuse({ ...write, counts: [{ ...many, amount: 1 }] }, 'cap-reached');
    await fixture.stores.cases.commit({ ...write, counts: [{ ...many, amount: 1, limit: 4 }] });
  });

  it('has no room at all for more than the limit, nor under a limit of nothing', async () => {
    const { case_ } = await fixture.opened();
    for (const none of [count({ amount: 4 }), count({ limit: 0 })]) {
      await fixture.refuse({ ...noteWrite(case_, null), counts: [none] }, 'cap-reached');
      expect(await fixture.stores.cases.capTotals(noteWrite(case_, null), [none])).toEqual({});
    }
  });

  it('has room again for what was taken off', async () => {
    const { case_ } = await fixture.opened();
    const all = count({ amount: 3 });
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), counts: [all] });
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), uncounts: [{ ...all, amount: 2 }] });
    expect(await fixture.stores.cases.capTotals(noteWrite(case_, null), [all])).toEqual({ [all.cap]: 1 });
    await fixture.refuse({ ...noteWrite(case_, null), counts: [all] }, 'cap-reached');
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), counts: [{ ...all, amount: 2 }] });
  });

  sharedCounters(fixture, count);
}

/** What several cases, or several writers, do to the same counter. */
function sharedCounters(fixture: StoreFixture, count: (changes?: Partial<CapCount>) => CapCount): void {
  it('counts each day, and each case where the cap is one of cases, by itself', async () => {
    const [one, two] = [(await fixture.opened()).case_, (await fixture.opened()).case_];
    const daily = count({ limit: 1 });
    const ofCase = count({ day: null, limit: 1 });
    await fixture.stores.cases.commit({ ...noteWrite(one, null), counts: [daily, ofCase] });
    await fixture.refuse({ ...noteWrite(two, null), counts: [daily] }, 'cap-reached');
    await fixture.refuse({ ...noteWrite(one, null), counts: [ofCase] }, 'cap-reached');
    const tomorrow = { ...daily, day: '2026-03-03' };
    await fixture.stores.cases.commit({ ...noteWrite(two, null), counts: [tomorrow, ofCase] });
    const other = { ...noteWrite(one, null), workflow: 'another-workflow' };
    expect(await fixture.stores.cases.capTotals(other, [daily])).toEqual({});
  });

  it('lets as many of those who come at once pass as there is room for', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, () => fixture.opened()));
    const daily = count({ amount: 10, limit: 35 });
    const writes = cases.map(({ case_, cursor }) => ({ ...noteWrite(case_, cursor), counts: [daily] }));
    const ends = await Promise.allSettled(writes.map((write) => fixture.stores.cases.commit(write)));
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(refused.map(({ kind, about }) => [kind, about])).toEqual(refused.map(() => ['cap-reached', daily.cap]));
    const [first] = writes;
    expect(first && (await fixture.stores.cases.capTotals(first, [daily]))).toEqual({ [daily.cap]: 30 });
  });

  it('tells whoever comes second that the action has moved, not that the cap is used up by it', async () => {
    const { case_ } = await fixture.opened();
    const action = anAction(case_.id, 'send-mail#1');
    await fixture.stores.cases.commit({ ...noteWrite(case_, null), actions: [{ action, from: null }] });
    const intended = { ...action, state: 'intended' as const };
    const from = { states: ['proposed' as const], digest: action.digest };
    const write = {
      ...noteWrite(case_, null),
      actions: [{ action: intended, from }],
      counts: [count({ limit: 1 })],
    };
    await fixture.stores.cases.commit(write);
    await fixture.refuse(write, 'action-moved');
  });
}
