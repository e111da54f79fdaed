import { expect, it } from 'vitest';
import type { TurnResult } from '../../../shared/contracts/index.ts';
import { aTurn } from '../domain-examples.ts';
import { noteWrite, type StoreFixture } from './store-fixture.ts';

const key = (agent: string, run = 'first', round = 1) => ({ run, round, agent });
const result = (agent: string, confidence = 0.9): TurnResult => aTurn({ agent, confidence });

/** What steps leave for each other, because it may not pass through a state machine. */
export function turnContract(fixture: StoreFixture): void {
  it('gives a case with its turns, in the order in which they are asked for', async () => {
    const { case_ } = await fixture.opened();
    const { cases, steps } = fixture.stores;
    for (const agent of ['reader', 'writer']) await steps.keepTurn(case_.id, key(agent), result(agent));
    const found = await steps.withTurns(case_.id, [
      key('writer'),
      key('nobody'),
      key('reader'),
      key('reader', 'other'),
    ]);
    expect(found).toEqual({
      case: await cases.get(case_.id),
      turns: [{ handOver: null, result: result('writer') }, null, { handOver: null, result: result('reader') }, null],
    });
    expect(await steps.withTurns('none', [])).toEqual({ case: null, turns: [] });
  });

  it('keeps the first result of a turn, and gives it to whoever comes later', async () => {
    const { case_ } = await fixture.opened();
    const { steps } = fixture.stores;
    const all = await Promise.all([0.1, 0.2, 0.3].map((one) => steps.keepTurn(case_.id, key('a'), result('a', one))));
    const [kept] = (await steps.withTurns(case_.id, [key('a')])).turns;
    expect(all).toEqual(all.map(() => kept?.result));
  });

  it('keeps with a write what the turns that are due are handed, beside what they come to', async () => {
    const { case_, cursor } = await fixture.opened();
    const { cases, steps } = fixture.stores;
    const due = { purpose: 'hand-over' as const, from: ['reader'] };
    const turns = [
      { ...due, agent: 'writer', handOver: { facts: ['a'] } },
      { ...due, agent: 'judge', handOver: null },
    ];
    const dueTurns = { run: 'first', round: 2, turns };
    let now = await cases.commit({ ...noteWrite(case_, cursor), dueTurns });
    const keys = [key('writer', 'first', 2), key('judge', 'first', 2)];
    const found = async () => (await steps.withTurns(case_.id, keys)).turns;
    expect(await found()).toEqual([{ handOver: { facts: ['a'] }, result: null }, null]);
    await steps.keepTurn(case_.id, key('writer', 'first', 2), result('writer'));
    now = await cases.commit({ ...noteWrite(case_, now), dueTurns });
    expect(now.seq).toBe(cursor.seq + 2);
    expect(await found()).toEqual([{ handOver: { facts: ['a'] }, result: result('writer') }, null]);
  });

  it('gives the words of a problem as they were noted last', async () => {
    const { case_ } = await fixture.opened();
    const { steps } = fixture.stores;
    expect(await steps.problem(case_.id, 'send-mail#1')).toBeNull();
    for (const words of ['It failed.', 'It failed again.']) await steps.noteProblem(case_.id, 'send-mail#1', words);
    expect(await steps.problem(case_.id, 'send-mail#1')).toBe('It failed again.');
    expect(await steps.problem(case_.id, 'execution')).toBeNull();
  });
}
