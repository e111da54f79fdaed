import { expect, it } from 'vitest';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** Overturnings whose consequences are not started. */
export function overturningContract(fixture: StoreFixture): void {
  it('keeps an overturning among those to start until it is, and makes none by that', async () => {
    const { case_, cursor } = await fixture.opened();
    const { cases } = fixture.stores;
    const toStart = async () =>
      (await cases.overturningsToStart({ limit: 100, after: null })).items.filter(({ caseId }) => caseId === case_.id);
    await cases.setOverturningStarted({ caseId: case_.id, ref: 'first' });
    expect(await toStart()).toEqual([]);
    const write = noteWrite(case_, cursor);
    await cases.commit({ ...write, overturning: 'first' });
    expect(await toStart()).toEqual([{ caseId: case_.id, ref: 'first', atMs: write.atMs }]);
    await cases.setOverturningStarted({ caseId: case_.id, ref: 'first' });
    await cases.setOverturningStarted({ caseId: case_.id, ref: 'first' });
    expect(await toStart()).toEqual([]);
  });
}
