import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action, Case, PersonRequest, Settings } from '../../shared/contracts/index.ts';
import { caseIdOf } from '../../shared/domain/case-id.ts';
import { EMPTY_LEDGER, verifyChain } from '../../shared/domain/ledger.ts';
import type { CaseStore, CaseWrite, RequestStore, SettingsStore, TokenStore } from '../../shared/ports/index.ts';
import { aCase, anAction, aRequest } from './stored-examples.ts';

export interface Stores {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly tokens: TokenStore;
  readonly settings: SettingsStore;
  readonly putSettings: (settings: Settings) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every implementation of the stores has to do. Each test has a case of its own. */
export function storeContract(name: string, open: () => Promise<Stores>): void {
  describe(name, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores?.close());

    let made = 0;
    const fresh = (): Omit<Case, 'ledger'> => {
      made += 1;
      return aCase({ id: caseIdOf({ workflow: 'lead-qualification', trigger: 'contact-form', eventId: `${made}` }) });
    };
    /** A case in the store, with one event in its ledger. */
    const opened = async () => {
      const case_ = fresh();
      const cursor = await stores.cases.commit(openWrite(case_));
      return { case_, cursor };
    };
    const refuse = async (write: CaseWrite, kind: string) => {
      const before = await stores.cases.ledger(write.caseId);
      await expect(stores.cases.commit(write)).rejects.toMatchObject({ name: 'ConflictError', kind });
      expect(await stores.cases.ledger(write.caseId)).toEqual(before);
    };

    it('gives a case back as it was opened, with the place where its ledger stands', async () => {
      const { case_, cursor } = await opened();
      expect(await stores.cases.get(case_.id)).toEqual({ ...case_, ledger: cursor });
      expect(cursor.seq).toBe(1);
    });

    it('knows no case, action, request, link or token that was not written', async () => {
      expect(await stores.cases.get('none')).toBeNull();
      expect(await stores.cases.action('none', 'send#1')).toBeNull();
      expect(await stores.cases.actions('none')).toEqual([]);
      expect(await stores.cases.ledger('none')).toEqual([]);
      expect(await stores.requests.get('none')).toBeNull();
      expect(await stores.requests.link('none')).toBeNull();
      expect(await stores.requests.takeTry('none')).toBeNull();
      expect(await stores.tokens.get('none')).toBeNull();
    });

    it('refuses a second opening', async () => {
      const { case_ } = await opened();
      await refuse(openWrite(case_), 'case-exists');
    });

    it('changes only the fields of the head that are given', async () => {
      const { case_, cursor } = await opened();
      const next = await stores.cases.commit({
        ...noteWrite(case_, cursor),
        head: { state: 'waiting', round: 1, confidence: 0.5, decision: { tier: 'hot' } },
      });
      expect(await stores.cases.get(case_.id)).toEqual({
        ...case_,
        ...{ state: 'waiting', round: 1, confidence: 0.5, decision: { tier: 'hot' } },
        ledger: next,
      });
    });

    it('writes after a ledger that moved on, and keeps the chain whole', async () => {
      const { case_, cursor } = await opened();
      await stores.cases.commit(noteWrite(case_, cursor));
      const end = await stores.cases.commit(noteWrite(case_, cursor));
      const blind = await stores.cases.commit(noteWrite(case_, null));
      expect([end.seq, blind.seq]).toEqual([3, 4]);
      expect(verifyChain(await stores.cases.ledger(case_.id), blind)).toMatchObject({ ok: true, entries: 4 });
    });

    it('keeps all events of writers that come at once', async () => {
      const { case_, cursor } = await opened();
      await Promise.all([1, 2, 3, 4].map(() => stores.cases.commit(noteWrite(case_, cursor))));
      const head = await stores.cases.get(case_.id);
      expect(verifyChain(await stores.cases.ledger(case_.id), head?.ledger)).toMatchObject({ ok: true, entries: 5 });
    });

    it('refuses a write for a case that there is not', async () => {
      await refuse(noteWrite(fresh(), EMPTY_LEDGER), 'ledger-busy');
      await refuse(noteWrite(fresh(), null), 'ledger-busy');
    });

    it('takes one write for each round', async () => {
      const { case_, cursor } = await opened();
      const write = { ...noteWrite(case_, cursor), expectRound: 0, head: { round: 1 } };
      await stores.cases.commit(write);
      await refuse(write, 'round-over');
      await refuse({ ...write, cursor: null }, 'round-over');
    });

    it('takes a new action once, and gives the actions of one case back', async () => {
      const { case_, cursor } = await opened();
      const action = anAction(case_.id, 'send-mail#1');
      const other = anAction(case_.id, 'send-mail#2');
      const write = {
        ...noteWrite(case_, cursor),
        actions: [action, other].map((one) => ({ action: one, from: null })),
      };
      await stores.cases.commit(write);
      expect(await stores.cases.action(case_.id, action.id)).toEqual(action);
      expect(await stores.cases.actions(case_.id)).toEqual([action, other]);
      await refuse({ ...write, cursor: null }, 'action-moved');
    });

    it('moves an action only from the states and the digest that are named', async () => {
      const { case_, cursor } = await opened();
      const action = anAction(case_.id, 'send-mail#1');
      await stores.cases.commit({ ...noteWrite(case_, cursor), actions: [{ action, from: null }] });
      const done: Action = { ...action, state: 'done' };
      const move = (from: NonNullable<CaseWrite['actions']>[number]['from'], to = done): CaseWrite => ({
        ...noteWrite(case_, null),
        actions: [{ action: to, from }],
      });
      await refuse(move({ states: ['approved', 'intended'], digest: action.digest }), 'action-moved');
      await refuse(move({ states: ['proposed'], digest: 'f'.repeat(64) }), 'action-moved');
      const missing = { ...done, id: anAction(case_.id, 'send-mail#9').id };
      await refuse(move({ states: ['proposed'], digest: action.digest }, missing), 'action-moved');
      await stores.cases.commit(move({ states: ['approved', 'proposed'], digest: action.digest }));
      expect(await stores.cases.action(case_.id, action.id)).toEqual(done);
    });

    it('opens a request once', async () => {
      const { case_, cursor } = await opened();
      const request = aRequest(case_.id);
      const write = { ...noteWrite(case_, cursor), openedRequest: request };
      await stores.cases.commit(write);
      expect(await stores.requests.get(request.id)).toEqual(request);
      expect(await stores.requests.ofCase(case_.id)).toEqual([request]);
      await refuse({ ...write, cursor: null }, 'request-exists');
    });

    it('settles a request once, and only with its own digest', async () => {
      const { case_, cursor } = await opened();
      const request = aRequest(case_.id);
      await stores.cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
      const settle = (changed: PersonRequest): CaseWrite => ({ ...noteWrite(case_, null), changedRequest: changed });
      await refuse(settle({ ...request, state: 'expired', digest: 'f'.repeat(64) }), 'request-settled');
      await stores.cases.commit(settle({ ...request, reminded: true }));
      await stores.cases.commit(settle({ ...request, reminded: true, state: 'expired' }));
      await refuse(settle({ ...request, state: 'answered' }), 'request-settled');
      expect(await stores.requests.get(request.id)).toEqual({ ...request, reminded: true, state: 'expired' });
    });

    it('lists open requests by deadline, page by page, and none that is settled', async () => {
      const { case_, cursor } = await opened();
      const all = [3, 1, 2].map((hours) => aRequest(case_.id, { attempt: `${hours}`, deadlineMs: hours * 3_600_000 }));
      for (const request of all) await stores.cases.commit({ ...noteWrite(case_, null), openedRequest: request });
      const seen: PersonRequest[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<RequestStore['listOpen']>> = await stores.requests.listOpen({ limit: 2, after });
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
        const case_ = { ...fresh(), workflow, openedAtMs: 1_000_000 - age };
        const cursor = await stores.cases.commit(openWrite(case_));
        if (age === 1) await stores.cases.commit({ ...noteWrite(case_, cursor), head: { state: 'closed' } });
      }
      const list = async (state: string | null) => {
        const { items } = await stores.cases.list({ workflow, state, limit: 10, after: null });
        return items.map(({ openedAtMs }) => 1_000_000 - openedAtMs);
      };
      expect(await list(null)).toEqual([1, 2, 3]);
      expect(await list('open')).toEqual([2, 3]);
      expect(await list('closed')).toEqual([1]);
      const first = await stores.cases.list({ workflow, state: null, limit: 2, after: null });
      const second = await stores.cases.list({ workflow, state: null, limit: 2, after: first.next });
      expect(first.items.length + second.items.length).toBe(3);
    });

    it('writes nothing that needs a running workflow while it is switched off', async () => {
      const { case_, cursor } = await opened();
      const workflow = `switched-${case_.id.slice(0, 8).replace(/\d/g, 'x')}`;
      const write = { ...noteWrite(case_, cursor), whileRunning: workflow };
      await stores.cases.commit(write);
      const settings = { workflow, revision: 1, phase: 'partial', paused: true, minimumConfidence: 0.8 } as const;
      await stores.putSettings(settings);
      expect(await stores.settings.get(workflow)).toEqual(settings);
      await refuse({ ...write, cursor: null }, 'paused');
      await stores.putSettings({ ...settings, paused: false });
      await stores.cases.commit({ ...write, cursor: null });
    });

    it('names the real conflict even where the ledger moved on too', async () => {
      const { case_, cursor } = await opened();
      await stores.cases.commit(noteWrite(case_, cursor));
      const action = anAction(case_.id, 'send-mail#1');
      const move = { action, from: { states: ['asked' as const], digest: action.digest } };
      await refuse({ ...noteWrite(case_, cursor), actions: [move] }, 'action-moved');
    });

    it('keeps a token only while its request is open, the newest one', async () => {
      const { case_, cursor } = await opened();
      const request = aRequest(case_.id);
      await expect(stores.tokens.save(request.id, 'early')).rejects.toMatchObject({ kind: 'request-settled' });
      await stores.cases.commit({ ...noteWrite(case_, cursor), openedRequest: request });
      await stores.tokens.save(request.id, 'first');
      await stores.tokens.save(request.id, 'second');
      await stores.cases.commit({ ...noteWrite(case_, null), changedRequest: { ...request, state: 'expired' } });
      await expect(stores.tokens.save(request.id, 'late')).rejects.toMatchObject({ kind: 'request-settled' });
      expect(await stores.tokens.get(request.id)).toBe('second');
    });

    it('gives each try at a code once, also when all come at once', async () => {
      const link = { key: `key-${made}`, requestId: 'r', person: 'a@b.example', codeHash: 'h', triesLeft: 3 };
      await stores.requests.putLink({ ...link, expiresAtMs: 2_000_000_000_000 });
      const left = await Promise.all([1, 2, 3, 4, 5].map(() => stores.requests.takeTry(link.key)));
      expect(left.toSorted()).toEqual([0, 1, 2, null, null]);
      expect(await stores.requests.link(link.key)).toEqual({ ...link, triesLeft: 0, expiresAtMs: 2_000_000_000_000 });
    });
  });
}

function openWrite(case_: Omit<Case, 'ledger'>): CaseWrite {
  const { id: caseId, workflow, trigger, eventId, input, problems, settings, versions } = case_;
  const event = { type: 'case-opened' as const, workflow, trigger, eventId, input, problems, settings, versions };
  return { caseId, workflow, cursor: EMPTY_LEDGER, atMs: 1, events: [event], opened: case_ };
}

function noteWrite({ id: caseId, workflow }: Omit<Case, 'ledger'>, cursor: CaseWrite['cursor']): CaseWrite {
  return { caseId, workflow, cursor, atMs: 2, events: [{ type: 'step-failed', step: 'test', problem: 'none' }] };
}
