import { expect, it } from 'vitest';
import { aRequest } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** Answers whose execution has not heard of them. */
export function toWakeContract(fixture: StoreFixture): void {
  it('keeps an answered request among those to wake for until it was heard of', async () => {
    const { case_, cursor } = await fixture.opened();
    const { cases, requests } = fixture.stores;
    const request = aRequest(case_.id);
    const toWake = async (): Promise<readonly string[]> =>
      (await requests.listToWake({ limit: 100, after: null })).items
        .map(({ id }) => id)
        .filter((id) => id === request.id);
    await cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
    await requests.setWoken(request.id);
    const isListed = async (): Promise<boolean> =>
      (await requests.listOpen({ limit: 100, after: null })).items.some(({ id }) => id === request.id);
    expect([await toWake(), await isListed()]).toEqual([[], true]);
    const answered = { ...request, state: 'answered' as const };
    await cases.commit({ ...noteWrite(case_, null), changedRequest: { request: answered, from: request } });
    expect([await toWake(), await isListed()]).toEqual([[request.id], false]);
    await requests.setWoken(request.id);
    expect(await toWake()).toEqual([]);
    expect(await requests.get(request.id)).toEqual(answered);
  });
}
