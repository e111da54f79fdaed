import { expect, it } from 'vitest';
import { type Action, type Example, RequestId } from '../../../shared/contracts/index.ts';
import type { CaseWrite } from '../../../shared/ports/index.ts';
import { aCase, anAction, aRequest } from '../stored-examples.ts';
import { noteWrite, openWrite, type StoreFixture } from './store-fixture.ts';

/** What taking back rests on: what followed from a case, corrections, and that a stop and a send never both get through. */
export function takeBackContract(fixture: StoreFixture): void {
  it('finds the cases that followed from one, oldest first and no more than asked for', async () => {
    const { case_ } = await fixture.opened();
    const causedBy = (n: number) => ({ caseId: case_.id, actionId: `send-mail#${n}` });
    const followers = [3, 1, 2].map((n) =>
      aCase({ id: fixture.fresh().id, causedBy: causedBy(n), openedAtMs: 1_000 + n }),
    );
    for (const follower of followers) await fixture.stores.cases.commit(openWrite(follower));
    const [third, first, second] = followers.map(({ id }) => id);
    expect(await fixture.stores.cases.followers(case_.id, 10)).toEqual([
      { caseId: first, actionId: 'send-mail#1' },
      { caseId: second, actionId: 'send-mail#2' },
      { caseId: third, actionId: 'send-mail#3' },
    ]);
    expect(await fixture.stores.cases.followers(case_.id, 2)).toHaveLength(2);
    expect(await fixture.stores.cases.followers(followers[0]?.id ?? '', 10)).toEqual([]);
    expect(await fixture.stores.cases.actions(case_.id)).toEqual([]);
  });

  it('lists corrections of one workflow, oldest first, page by page, each once', async () => {
    const { case_ } = await fixture.opened();
    const workflow = `corrected-${case_.id.replace(/\d/g, 'x')}`;
    const all = [3, 1, 2].map((n) => anExample(case_.id, { id: `e-${n}`, workflow, atMs: n }));
    for (const example of [...all, ...all.slice(0, 1)]) {
      await fixture.stores.cases.commit({ ...noteWrite(case_, null), examples: [example] });
    }
    const first = await fixture.stores.examples.list(workflow, { limit: 2, after: null });
    const second = await fixture.stores.examples.list(workflow, { limit: 2, after: first.next });
    expect([...first.items, ...second.items]).toEqual([all[1], all[2], all[0]]);
    expect(await fixture.stores.examples.list(`${workflow}-two`, { limit: 2, after: null })).toMatchObject({
      items: [],
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('lets a stop or the end of the time have it, never both (run %d)', async (run) => {
    const { case_ } = await fixture.opened();
    const held = anAction(case_.id, 'send-mail#1', { state: 'held', mode: 'hold', requestId: case_.id });
    const request = aRequest(case_.id, { id: RequestId.parse(case_.id), kind: 'hold-action', actionId: held.id });
    await fixture.stores.cases.commit({
      ...noteWrite(case_, null),
      actions: [{ action: held, from: null }],
      openedRequest: request,
    });
    const from = { states: ['held' as const], digest: held.digest };
    const changed = (state: 'answered' | 'expired') => ({ request: { ...request, state, revision: 1 }, from: request });
    const refused: Action = { ...held, state: 'refused' };
    const stop: CaseWrite = {
      ...noteWrite(case_, null),
      ...{ changedRequest: changed('answered'), actions: [{ action: refused, from }] },
    };
    const expire: CaseWrite = { ...noteWrite(case_, null), changedRequest: changed('expired') };
    const writes = run % 2 === 0 ? [stop, expire] : [expire, stop];
    const ended = await Promise.allSettled(writes.map((write) => fixture.stores.cases.commit(write)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { state } = (await fixture.stores.requests.get(request.id)) ?? {};
    const action = await fixture.stores.cases.action(case_.id, held.id);
    expect([state, action?.state]).toEqual(state === 'answered' ? ['answered', 'refused'] : ['expired', 'held']);
  });
}

function anExample(
  caseId: Example['provenance']['caseId'],
  { id, workflow, atMs }: { id: string; workflow: string; atMs: number },
): Example {
  return {
    ...{ id, workflow, input: { input: { name: 'Hanna' }, sources: {} }, expected: { hot: true }, note: '' },
    provenance: {
      ...{ caseId, ref: id, how: 'overturned', by: 'lead@remit.example', atMs, reason: 'no' },
      ...{ before: { hot: false }, after: { hot: true }, version: 'w' },
    },
  };
}
