import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import type { Outcome } from '../contracts/index.ts';
import { closeCase } from './close-case.ts';
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

  it('fails where there is no case', async () => {
    const { ports, opened } = await decidedLead();
    ports.tables.cases.clear();
    const close = { pinned: opened.pinned, outcome: null, actions: [] };
    await expect(closeCase.run(ports, close)).rejects.toThrow('There is no case');
  });
});
