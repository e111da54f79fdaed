import { expect, it } from 'vitest';
import type { PersonRequest } from '../../../shared/contracts/index.ts';
import type { CaseWrite, RequestChange } from '../../../shared/ports/index.ts';
import { aRequest } from '../stored-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

/** Requests, tokens and codes. */
export function requestContract(fixture: StoreFixture): void {
  it('opens a request once', async () => {
    const { case_, cursor } = await fixture.opened();
    const request = aRequest(case_.id);
    const write = { ...noteWrite(case_, cursor), openedRequest: request };
    await fixture.stores.cases.commit(write);
    expect(await fixture.stores.requests.get(request.id)).toEqual(request);
    expect(await fixture.stores.requests.ofCase(case_.id)).toEqual([request]);
    await fixture.refuse({ ...write, cursor: null }, 'request-exists');
  });

  it('settles a request once, and only with its own digest', async () => {
    const { case_, cursor } = await fixture.opened();
    const request = aRequest(case_.id);
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
    const settle = (changed: PersonRequest, from: RequestChange['from'] = request): CaseWrite => ({
      ...noteWrite(case_, null),
      changedRequest: { request: changed, from },
    });
    const other = { digest: 'f'.repeat(64), revision: 0 };
    await fixture.refuse(settle({ ...request, state: 'expired' }, other), 'request-settled');
    await fixture.refuse(settle({ ...request, state: 'expired' }, { ...request, revision: 1 }), 'request-settled');
    await fixture.stores.cases.commit(settle({ ...request, reminded: true }));
    await fixture.stores.cases.commit(settle({ ...request, reminded: true, state: 'expired' }));
    await fixture.refuse(settle({ ...request, state: 'answered' }), 'request-settled');
    expect(await fixture.stores.requests.get(request.id)).toEqual({ ...request, reminded: true, state: 'expired' });
  });

  it('keeps a token only while its request is open, the newest one', async () => {
    const { case_, cursor } = await fixture.opened();
    const request = aRequest(case_.id);
    await expect(fixture.stores.tokens.save(request.id, 'early')).rejects.toMatchObject({ kind: 'request-settled' });
    await fixture.stores.cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
    await fixture.stores.tokens.save(request.id, 'first');
    await fixture.stores.tokens.save(request.id, 'second');
    await fixture.stores.cases.commit({
      ...noteWrite(case_, null),
      changedRequest: { request: { ...request, state: 'expired' }, from: request },
    });
    await expect(fixture.stores.tokens.save(request.id, 'late')).rejects.toMatchObject({ kind: 'request-settled' });
    expect(await fixture.stores.tokens.get(request.id)).toBe('second');
  });

  it('gives each try at a code once, also when all come at once', async () => {
    const link = {
      key: `key-${fixture.fresh().id}`,
      requestId: 'r',
      person: 'a@b.example',
      codeHash: 'h',
      triesLeft: 3,
    };
    await fixture.stores.requests.putLink({ ...link, expiresAtMs: 2_000_000_000_000 });
    const left = await Promise.all([1, 2, 3, 4, 5].map(() => fixture.stores.requests.takeTry(link.key)));
    expect(left.toSorted()).toEqual([0, 1, 2, null, null]);
    expect(await fixture.stores.requests.link(link.key)).toEqual({
      ...link,
      triesLeft: 0,
      expiresAtMs: 2_000_000_000_000,
    });
  });
}
