import { describe, expect, it } from 'vitest';
import { ask, POST } from '../../../test/support/asked-lead.ts';
import { CASE_ID, type DecidedLead, decidedLead } from '../../../test/support/lead-case.ts';
import { closeCase } from '../close-case.ts';
import { performAction } from '../perform-action.ts';

type Ports = DecidedLead['ports'];

/** The action, as the state machine has it done where it is the only one of the decision. */
const performAlone = ({ ports, advanced }: Pick<DecidedLead, 'ports' | 'advanced'>) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: POST, ending: advanced.ending }));
const typesOf = async (ports: Ports) => (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);

describe('the only action of a decision', () => {
  it('closes its case in the write that notes it as done', async () => {
    const { ports, opened, advanced } = await decidedLead();
    const before = await ports.cases.ledger(CASE_ID);

    const outcome = await performAlone({ ports, advanced });

    expect(outcome).toMatchObject({ actionId: POST, state: 'done', ended: 'done' });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'done' });
    const added = (await ports.cases.ledger(CASE_ID)).slice(before.length);
    expect(added.map(({ event }) => event.type)).toEqual(['action-intended', 'action-done', 'case-closed']);
    expect(added.at(-1)?.event).toMatchObject({ outcome: 'done', personAsked: false, costUsd: 0 });
    const close = { pinned: opened.pinned, outcome: null, actions: [outcome], ending: advanced.ending };
    expect(await closeCase.run(ports, close)).toEqual({ caseId: CASE_ID, outcome: 'done' });
    expect((await ports.cases.ledger(CASE_ID)).length).toBe(before.length + 3);
  });

  it('is known as done, and its case as closed, to a repeat of the step whose answer was lost', async () => {
    const { ports, opened, advanced } = await decidedLead();
    await performAlone({ ports, advanced });

    const again = await performAlone({ ports, advanced });

    expect(again).toEqual({ actionId: POST, state: 'done' });
    expect(ports.effects.calls).toBe(1);
    const close = { pinned: opened.pinned, outcome: null, actions: [again], ending: advanced.ending };
    expect(await closeCase.run(ports, close)).toEqual({ caseId: CASE_ID, outcome: 'done' });
    expect((await typesOf(ports)).filter((type) => type === 'case-closed')).toHaveLength(1);
  });

  it('leaves its case open where somebody wrote to it since the decision, before the intent', async () => {
    const { ports, opened, advanced } = await decidedLead();
    await ask(ports);

    const outcome = await performAlone({ ports, advanced });

    expect(outcome).not.toHaveProperty('ended');
    expect((await ports.cases.get(CASE_ID))?.state).not.toBe('closed');
    await closeCase.run(ports, { pinned: opened.pinned, outcome: null, actions: [outcome], ending: advanced.ending });
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({ personAsked: true });
  });

  it('leaves its case open where somebody wrote to it while the call was made', async () => {
    const { ports, advanced } = await decidedLead();
    const effects = {
      perform: async (...call: Parameters<Ports['effects']['perform']>) => {
        await ask(ports);
        return ports.effects.perform(...call);
      },
    };
    const input = { caseId: CASE_ID, actionId: POST, ending: advanced.ending };

    const outcome = await ports.clock.finish(performAction.run({ ...ports, effects }, input));

    expect(outcome).toMatchObject({ state: 'done' });
    expect(outcome).not.toHaveProperty('ended');
    expect(await ports.cases.action(CASE_ID, POST)).toMatchObject({ state: 'done' });
    expect(await typesOf(ports)).not.toContain('case-closed');
  });

  it('leaves its case open where a call of it was broken off before', async () => {
    const { ports, advanced } = await decidedLead();
    ports.effects.script('lost-after');
    await expect(performAlone({ ports, advanced })).rejects.toMatchObject({ name: 'PassingError' });

    expect(await performAlone({ ports, advanced })).not.toHaveProperty('ended');
  });
});
