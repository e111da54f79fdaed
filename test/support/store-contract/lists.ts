import { expect, it } from 'vitest';
import type { PersonRequest } from '../../../shared/contracts/index.ts';
import type { RequestStore } from '../../../shared/ports/index.ts';
import { aRequest } from '../stored-examples.ts';
import { noteWrite, openWrite, type StoreFixture } from './store-fixture.ts';

/** Lists, page by page. */
export function listContract(fixture: StoreFixture): void {
  it('lists open requests by deadline, page by page, and none that is settled', async () => {
    const { case_, cursor } = await fixture.opened();
    const all = [3, 1, 2].map((hours) => aRequest(case_.id, { attempt: `${hours}`, deadlineMs: hours * 3_600_000 }));
    for (const request of all) await fixture.stores.cases.commit({ ...noteWrite(case_, null), openedRequest: request });
    const seen: PersonRequest[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<RequestStore['listOpen']>> = await fixture.stores.requests.listOpen({
        limit: 2,
        after,
      });
      seen.push(...page.items);
      after = page.next;
    } while (after !== null);
    const mine = seen.filter(({ caseId }) => caseId === case_.id).map(({ deadlineMs }) => deadlineMs / 3_600_000);
    expect(mine).toEqual([1, 2, 3]);
    expect(seen.every(({ state }) => state === 'open')).toBe(true);
    expect(cursor.seq).toBe(1);
  });

  it('lists cases newest first, by state too', async () => {
    const workflow = 'listed-workflow';
    const ages = [2, 1, 3];
    for (const age of ages) {
      const case_ = { ...fixture.fresh(), workflow, openedAtMs: 1_000_000 - age };
      const cursor = await fixture.stores.cases.commit(openWrite(case_));
      if (age === 1) await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), head: { state: 'closed' } });
    }
    const list = async (state: string | null) => {
      const { items } = await fixture.stores.cases.list({ workflow, state, limit: 10, after: null });
      return items.map(({ openedAtMs }) => 1_000_000 - openedAtMs);
    };
    expect(await list(null)).toEqual([1, 2, 3]);
    expect(await list('open')).toEqual([2, 3]);
    expect(await list('closed')).toEqual([1]);
    const first = await fixture.stores.cases.list({ workflow, state: null, limit: 2, after: null });
    const second = await fixture.stores.cases.list({ workflow, state: null, limit: 2, after: first.next });
    expect(first.items.length + second.items.length).toBe(3);
  });
}
