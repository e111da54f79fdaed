import { describe, expect, it } from 'vitest';
import { aTurn } from '../../../test/support/domain-examples.ts';
import { CASE_ID, decidedLead, HOT } from '../../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { advanceCase } from '../advance-case.ts';
import { performAction } from '../perform-action.ts';

/** Lines about the same lead, by two decisions that knew nothing of each other. */
const [FIRST, SECOND] = ['post-to-sales-hot#2', 'post-to-sales-hot#102'];

async function decidedTwice(): Promise<MemoryPorts> {
  const { ports, opened } = await decidedLead();
  const { pinned, cursor } = opened;
  const turns = [aTurn({ judgement: HOT })];
  const again = { pinned, cursor, round: 2, turns, requestId: null, failure: null, resume: null };
  expect((await advanceCase.run(ports, again)).actions.map(({ actionId }) => actionId)).toContain(SECOND);
  return ports;
}

const perform = (ports: MemoryPorts, actionId: string) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId }));
const stateOf = async (ports: MemoryPorts, id: string) => (await ports.cases.action(CASE_ID, id))?.state;

describe('the same effect of two decisions of one case', () => {
  it('happens once, and the second action is refused for good', async () => {
    const ports = await decidedTwice();
    expect(await perform(ports, FIRST)).toMatchObject({ actionId: FIRST, state: 'done' });
    expect(await perform(ports, SECOND)).toEqual({ actionId: SECOND, state: 'refused' });
    expect(await perform(ports, SECOND)).toEqual({ actionId: SECOND, state: 'refused' });
    expect(ports.effects.done).toHaveLength(1);
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toEqual({
      ...{ type: 'action-refused', actionId: SECOND },
      reason: `The same was done in this case already, by "Post to #sales-hot" (${FIRST}).`,
    });
  });

  it('happens once where both go out at the same moment', async () => {
    const ports = await decidedTwice();
    const ends = await Promise.all([FIRST, SECOND].map((id) => perform(ports, id)));
    expect(ends.map(({ state }) => state).toSorted()).toEqual(['done', 'refused']);
    expect(ports.effects.calls).toBe(1);
  });

  it('does not happen where nobody knows whether the other one did', async () => {
    const ports = await decidedTwice();
    ports.effects.script('refused');
    await expect(perform(ports, FIRST)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(await perform(ports, SECOND)).toMatchObject({ state: 'refused' });
    expect((await ports.cases.action(CASE_ID, SECOND))?.reasons[0]).toContain('may have been done');
  });

  it('happens by the other one where this one certainly did nothing, and then no more by this one', async () => {
    const ports = await decidedTwice();
    ports.effects.script('passing');
    await expect(perform(ports, FIRST)).rejects.toMatchObject({ name: 'PassingError' });
    expect(await ports.cases.action(CASE_ID, FIRST)).toMatchObject({ state: 'proposed', begun: false });
    expect(await perform(ports, SECOND)).toMatchObject({ state: 'done' });
    expect(await perform(ports, FIRST)).toMatchObject({ state: 'refused' });
    expect(ports.effects.done).toHaveLength(1);
  });

  it('is tried again by the action that began it', async () => {
    const ports = await decidedTwice();
    ports.effects.script('lost-after', 'lost-after');
    for (const _try of [1, 2]) await expect(perform(ports, FIRST)).rejects.toMatchObject({ name: 'PassingError' });
    expect(await perform(ports, FIRST)).toMatchObject({ state: 'done' });
    expect(await stateOf(ports, SECOND)).toBe('proposed');
    expect(ports.effects.done).toHaveLength(1);
  });
});
