import { describe, expect, it } from 'vitest';
import type { Json, LedgerEntry } from '../../../shared/contracts/index.ts';
import { erase } from '../../../shared/domain/salted-tree.ts';
import { aTurn } from '../domain-examples.ts';
import { anAction, aRequest } from '../stored-examples.ts';
import { openWrite, type StoreFixture } from './store-fixture.ts';

const NOT_THERE = 'That entry is not in the ledger';
const ADA = 'a'.repeat(64);

/** Finding what is kept of a person, and taking it away. */
export function erasureContract(fixture: StoreFixture): void {
  describe('erasing', () => {
    it('finds the cases of a person and of a day, until they are taken out of these lists', async () => {
      const { cases, erasures } = fixture.stores;
      const [one, two] = [fixture.fresh(), fixture.fresh()];
      for (const case_ of [one, two]) {
        await cases.commit({ ...openWrite(case_), erasableBy: { subjects: [ADA, 'b'.repeat(64)], day: '2026-01-02' } });
      }
      const both = [one.id, two.id].toSorted();
      expect(await erasures.casesOf(ADA)).toEqual(both);
      expect(await erasures.openedOn('2026-01-02')).toEqual(both);
      expect(await erasures.casesOf('c'.repeat(64))).toEqual([]);

      await erasures.unlist(one.id, { subject: ADA });
      await erasures.unlist(one.id, { subject: ADA });
      await erasures.unlist(two.id, { openedOn: '2026-01-02' });
      expect(await erasures.casesOf(ADA)).toEqual([two.id]);
      expect(await erasures.openedOn('2026-01-02')).toEqual([one.id]);
      expect(await erasures.casesOf('b'.repeat(64))).toEqual(both);
    });

    it('finds what stands beside a case, rewrites it as it was read, and removes it', async () => {
      const { cases, requests, erasures, steps } = fixture.stores;
      const { case_, cursor } = await fixture.opened();
      const { id: caseId, workflow } = case_;
      const action = anAction(caseId, 'send-meeting-mail#1', { state: 'asked' });
      const request = aRequest(caseId);
      await steps.keepTurn(caseId, { run: caseId, round: 1, agent: 'qualifier' }, aTurn());
      await steps.noteProblem(caseId, 'execution', 'States.Timeout: too slow');
      await cases.commit({
        ...{ caseId, workflow, cursor, atMs: 2, events: [] },
        actions: [{ action, from: null }],
        openedRequest: request,
        closedIntents: [action.intent],
      });
      const of = { caseId, workflow, names: [] };
      const found = await erasures.documents(of);
      const placesOf = (all: typeof found): string[] => all.map(({ place }) => place).toSorted();
      expect(placesOf(found)).toEqual(['actions', 'intents', 'requests', 'steps', 'steps']);

      const asked = found.find(({ place }) => place === 'requests');
      if (asked === undefined) throw new Error('no request was found');
      const body = { ...(asked.body as { [name: string]: Json }), question: '[erased]' };
      expect(await erasures.rewrite(asked, body)).toBe(true);
      expect(await erasures.rewrite(asked, body)).toBe(false);
      expect(await requests.get(request.id)).toEqual({ ...request, question: '[erased]' });

      for (const one of found.filter(({ place }) => place === 'intents' || place === 'steps'))
        await erasures.remove(one);
      expect(placesOf(await erasures.documents(of))).toEqual(['actions', 'requests']);
      expect(await cases.closedIntents(caseId)).toEqual([]);
      expect(await steps.problem(caseId, 'execution')).toBeNull();
    });

    it('writes an entry of a ledger again with less in it, and no other entry', async () => {
      const { cases, erasures } = fixture.stores;
      const { case_ } = await fixture.opened();
      const [entry] = await cases.ledger(case_.id);
      const lost = lose(entry);
      await erasures.rewriteEntry(lost);
      expect(await cases.ledger(case_.id)).toEqual([lost]);
      await expect(erasures.rewriteEntry({ ...lost, hash: '0'.repeat(64) })).rejects.toThrow(NOT_THERE);
      await expect(erasures.rewriteEntry({ ...lost, seq: 2 })).rejects.toThrow(NOT_THERE);
      expect(await cases.ledger(case_.id)).toEqual([lost]);
    });
  });
}

function lose(entry: LedgerEntry | undefined): LedgerEntry {
  if (entry?.salts === undefined) throw new Error('the entry has no salts');
  const { value, salts } = erase(entry.event as unknown as Json, entry.salts, (_part, path) =>
    path.at(-1) === 'input' ? { instead: { erased: true } } : null,
  );
  return { ...entry, event: value as unknown as LedgerEntry['event'], salts };
}
