import { expect, it } from 'vitest';
import { aRequest } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

const NEVER_MS = 2_000_000_000_000;

/** New codes, typed drafts, and who was told how a question ended. */
export function linkContract(fixture: StoreFixture): void {
  it('puts a new code in place of the old one, once, and keeps when it did', async () => {
    const link = {
      ...{ key: `key-${fixture.fresh().id}`, requestId: 'r', person: 'a@b.example', codeHash: 'old' },
      ...{ triesLeft: 0, expiresAtMs: NEVER_MS },
    };
    const { requests } = fixture.stores;
    await requests.putLink(link);
    const first = { codeHash: 'new', triesLeft: 5, codesSentAtMs: [10], from: [] };
    const both = await Promise.all([requests.renewCode(link.key, first), requests.renewCode(link.key, first)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await requests.link(link.key)).toEqual({ ...link, codeHash: 'new', triesLeft: 5, codesSentAtMs: [10] });
    const second = { codeHash: 'newer', triesLeft: 5, codesSentAtMs: [10, 20], from: [10] };
    expect(await requests.renewCode(link.key, second)).toBe(true);
    expect(await requests.renewCode(link.key, second)).toBe(false);
    expect(await requests.renewCode('no-such-link', first)).toBe(false);
  });

  it('gives a draft back until it is over', async () => {
    const draft = { key: `draft-${fixture.fresh().id}`, requestId: 'r', body: 'reason=a+b', expiresAtMs: 60_000 };
    await fixture.stores.requests.putDraft(draft);
    expect(await fixture.stores.requests.draft(draft.key, 59_999)).toEqual(draft);
    expect(await fixture.stores.requests.draft(draft.key, 60_000)).toBeNull();
    expect(await fixture.stores.requests.draft('no-such-draft', 0)).toBeNull();
  });

  it('lets each person be told once, unless it is given back, and only of a request that there is', async () => {
    const { case_, cursor } = await fixture.opened();
    const request = aRequest(case_.id);
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
    const claim = (person: string) => fixture.stores.requests.claimTelling(request.id, person);
    expect((await Promise.all([claim('a@b.example'), claim('A@b.example')])).toSorted()).toEqual([false, true]);
    expect(await claim('c@b.example')).toBe(true);
    await fixture.stores.requests.releaseTelling(request.id, 'A@B.example');
    expect(await claim('a@b.example')).toBe(true);
    expect(await fixture.stores.requests.get(request.id)).toEqual(request);
    expect(await fixture.stores.requests.claimTelling('0'.repeat(32), 'a@b.example')).toBe(false);
  });
}
