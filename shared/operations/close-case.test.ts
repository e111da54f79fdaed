import { describe, expect, it } from 'vitest';
import { ask, POST, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { noteWrite } from '../../test/support/store-contract/store-fixture.ts';
import type { Outcome } from '../contracts/index.ts';
import type { CaseStore } from '../ports/index.ts';
import { closeCase } from './close-case.ts';
import { performAction } from './perform-action.ts';
import type { ActionOutcome } from './step-contracts.ts';

const outcome = (...states: readonly ActionOutcome['state'][]): ActionOutcome[] =>
  states.map((state, index) => ({ actionId: `a#${index + 1}`, state }));

describe('closing a case', () => {
  it.each<[ActionOutcome[], Outcome]>([
    [outcome('done', 'done'), 'done'],
    [outcome('done', 'refused'), 'done'],
    [outcome('refused', 'refused'), 'refused'],
    [outcome('done', 'unsure'), 'left-to-person'],
    [outcome(), 'nothing-to-do'],
  ])('after %o has the outcome %s', async (actions, expected) => {
    const { ports, opened } = await decidedLead();
    const closed = await closeCase.run(ports, { pinned: opened.pinned, outcome: null, actions });
    expect(closed).toEqual({ caseId: CASE_ID, outcome: expected });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: expected });
  });

  it('is left to the person who took an action over, whatever became of the others', async () => {
    const { ports, opened } = await decidedLead();
    await reply(ports, await ask(ports), { verb: 'take-over', reason: 'I call her.' });
    const closed = await closeCase.run(ports, {
      pinned: opened.pinned,
      outcome: null,
      actions: outcome('refused', 'done'),
    });
    expect(closed.outcome).toBe('left-to-person');
  });

  it('twice changes nothing, and answers as the first time', async () => {
    const { ports, opened } = await decidedLead();
    ports.clock.advance(4_000);
    const close = { pinned: opened.pinned, outcome: 'refused' as const, actions: [] };
    const first = await closeCase.run(ports, close);
    const head = await ports.cases.get(CASE_ID);
    ports.clock.advance(1_000);
    expect(await closeCase.run(ports, { ...close, outcome: 'expired' })).toEqual(first);
    expect(await ports.cases.get(CASE_ID)).toEqual(head);
    const last = (await ports.cases.ledger(CASE_ID)).at(-1)?.event;
    expect(last).toMatchObject({ type: 'case-closed', outcome: 'refused', tookMs: 5_000, personAsked: false });
  });

  it('by two runs of the step at the same time is on record once', async () => {
    const { ports, opened } = await decidedLead();
    const close = { pinned: opened.pinned, outcome: null, actions: outcome('done') };
    await Promise.all([closeCase.run(ports, close), closeCase.run(ports, close)]);
    const types = (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
    expect(types.filter((type) => type === 'case-closed')).toHaveLength(1);
  });

  describe('that nobody else has touched since the agents decided', () => {
    it('needs no look at it', async () => {
      const { ports, close, head } = await untouched();
      const closed = await closeCase.run({ ...ports, cases: unread(ports) }, close);
      expect(closed).toEqual({ caseId: CASE_ID, outcome: 'done' });
      expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done' });
      const last = (await ports.cases.ledger(CASE_ID)).at(-1)?.event;
      expect(last).toMatchObject({ type: 'case-closed', personAsked: false, costUsd: head.usage.costUsd });
    });

    it('is told from one that somebody wrote to after its last action', async () => {
      const { ports, close, head } = await untouched();
      await ports.cases.commit(noteWrite(head, head.ledger));
      await expect(closeCase.run({ ...ports, cases: unread(ports) }, close)).rejects.toThrow('read');
      expect(await closeCase.run(ports, close)).toMatchObject({ outcome: 'done' });
    });

    it('is told from one about which a person was asked in between', async () => {
      const { ports, opened, advanced } = await decidedLead();
      await ask(ports);
      const cursor = (await ports.cases.get(CASE_ID))?.ledger ?? advanced.cursor;
      const actions = [{ actionId: 'a#1', state: 'done' as const, wrote: { cursor, entries: 0 } }];
      const close = { pinned: opened.pinned, outcome: null, actions, ending: { cursor: advanced.cursor, costUsd: 0 } };
      await expect(closeCase.run({ ...ports, cases: unread(ports) }, close)).rejects.toThrow('read');
      await closeCase.run(ports, close);
      expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({ personAsked: true });
    });

    it('closed already is left as it is', async () => {
      const { ports, close } = await untouched();
      const first = await closeCase.run(ports, close);
      expect(await closeCase.run(ports, { ...close, outcome: 'expired' })).toEqual(first);
    });
  });

  it('fails where there is no case', async () => {
    const { ports, opened } = await decidedLead();
    ports.tables.cases.clear();
    const close = { pinned: opened.pinned, outcome: null, actions: [] };
    await expect(closeCase.run(ports, close)).rejects.toThrow('There is no case');
  });
});

/** A lead whose one action was done, as the steps tell of it. */
async function untouched() {
  const { ports, opened, advanced } = await decidedLead();
  const actions = [await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: POST }))];
  const head = await ports.cases.get(CASE_ID);
  if (head === null) throw new Error('there is no case');
  return { ports, head, close: { pinned: opened.pinned, outcome: null, actions, ending: advanced.ending } };
}

/** Cases that may be written and not looked at. */
function unread({ cases }: MemoryPorts): CaseStore {
  return new Proxy(cases, {
    get: (target, name) => {
      if (name === 'get' || name === 'actions') throw new Error('the case was read');
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
