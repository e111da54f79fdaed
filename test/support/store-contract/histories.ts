import { describe, expect, it } from 'vitest';
import type { Case, ConfirmedCase } from '../../../shared/contracts/index.ts';
import type { LessonChange } from '../../../shared/ports/index.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

type Head = Omit<Case, 'ledger'>;

/** What people confirmed, under the keys of histories, and how it is taken back. */
export function historyContract(fixture: StoreFixture): void {
  const keys = (...names: string[]): string[] => names.map((name) => `${name}-${fixture.fresh().id}`);
  const teach = (case_: Head, change: LessonChange): Promise<unknown> =>
    fixture.stores.cases.commit({ ...noteWrite(case_, null), lesson: change });
  const under = async (key: string): Promise<readonly ConfirmedCase[]> =>
    (await fixture.stores.history.confirmed([key])).get(key) ?? [];
  const erase = async (case_: Head): Promise<string[]> => {
    const { erasures } = fixture.stores;
    const found = await erasures.documents({ caseId: case_.id, workflow: case_.workflow, names: [] });
    for (const one of found) await erasures.remove(one);
    return found.map(({ place }) => place);
  };

  describe('histories', () => {
    it('keeps a case under each of its keys, beside the others that are there', async () => {
      const [narrow = '', broad = ''] = keys('narrow', 'broad');
      const [{ case_: one }, { case_: two }] = [await fixture.opened(), await fixture.opened()];
      await teach(one, firstLesson(one, [narrow, broad]));
      await teach(two, firstLesson(two, [broad]));
      const found = await fixture.stores.history.confirmed([narrow, broad, 'nothing-here']);
      expect(found.get(narrow)).toEqual([confirmed(one)]);
      expect(new Set(found.get(broad))).toEqual(new Set([confirmed(one), confirmed(two)]));
      expect(found.has('nothing-here')).toBe(false);
      expect((await fixture.stores.history.lesson(one.id))?.keys).toEqual([narrow, broad]);
    });

    it('takes a lesson once: sent again it is refused, and a case counts once whatever is sent', async () => {
      const [key = ''] = keys('key');
      const { case_ } = await fixture.opened();
      await teach(case_, firstLesson(case_, [key]));
      await fixture.refuse({ ...noteWrite(case_, null), lesson: firstLesson(case_, [key]) }, 'record-changed');
      await teach(case_, { ...firstLesson(case_, [key]), lesson: lesson(case_, [key], 1), from: 0 });
      expect(await under(key)).toEqual([confirmed(case_)]);
    });

    it('replaces what a case taught, and takes it out from under keys that are not its own any more', async () => {
      const [first = '', second = ''] = keys('first', 'second');
      const { case_ } = await fixture.opened();
      await teach(case_, firstLesson(case_, [first]));
      const now = confirmed(case_, 'travel');
      const moved = { lesson: lesson(case_, [second], 1), from: 0, confirmed: now, dropped: { [first]: [case_.id] } };
      await teach(case_, moved);
      expect([await under(first), await under(second)]).toEqual([[], [now]]);
      const over = { lesson: lesson(case_, [], 2), from: 1, confirmed: null, dropped: { [second]: [case_.id] } };
      await teach(case_, over);
      expect(await under(second)).toEqual([]);
      expect((await fixture.stores.history.lesson(case_.id))?.keys).toEqual([]);
    });

    it('drops others of the same key in the write that adds one', async () => {
      const [key = ''] = keys('full');
      const [{ case_: old }, { case_: young }] = [await fixture.opened(), await fixture.opened()];
      await teach(old, firstLesson(old, [key]));
      await teach(young, { ...firstLesson(young, [key]), dropped: { [key]: [old.id] } });
      expect(await under(key)).toEqual([confirmed(young)]);
    });

    it('takes back all that an erased case taught, and nothing of others', async () => {
      const [own = '', shared = ''] = keys('own', 'shared');
      const [{ case_: one }, { case_: two }] = [await fixture.opened(), await fixture.opened()];
      await teach(one, firstLesson(one, [own, shared]));
      await teach(two, firstLesson(two, [shared]));
      expect(await erase(one)).toEqual(['histories', 'histories', 'histories']);
      expect([await under(own), await under(shared)]).toEqual([[], [confirmed(two)]]);
      expect(await fixture.stores.history.lesson(one.id)).toBeNull();
      expect(await erase(one)).toEqual([]);
      const again = await fixture.opened();
      await teach(again.case_, firstLesson(again.case_, [own]));
      expect(await under(own)).toEqual([confirmed(again.case_)]);
    });
  });
}

function confirmed({ id: caseId }: Head, account = 'meals'): ConfirmedCase {
  return { caseId, by: 'a1b2c3', atMs: 5, labels: { account, isWasteful: false, minor: 12 }, corrected: ['account'] };
}

function lesson({ id: caseId, workflow }: Head, keys: string[], revision = 0): LessonChange['lesson'] {
  return { caseId, workflow, keys, revision };
}

function firstLesson(case_: Head, keys: string[]): LessonChange {
  return { lesson: lesson(case_, keys), from: null, confirmed: confirmed(case_), dropped: {} };
}
