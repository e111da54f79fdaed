import { describe, expect, it } from 'vitest';
import { passing } from '../../../test/support/teams/passing.ts';
import { codesIn, decides, dueIn, findingsIn, handsTo, said } from '../../../test/support/teams/turns.ts';
import { coordinate } from '../coordinate.ts';
import type { Waves } from './plan.ts';

describe('a hand-off', () => {
  const passes = (from: string, to: string, problem: string) => said(from, handsTo(to, { problem }));

  it('hands the case to the agent that is named, as that one takes it, until one decides', () => {
    const first = passes('desk', 'billing', 'refund');
    expect(dueIn(coordinate(passing, [[first]]))).toEqual([
      { agent: 'billing', purpose: 'hand-over', from: ['desk'], handOver: { problem: 'refund' } },
    ]);
    const done = findingsIn(coordinate(passing, [[first], [said('billing', decides({ text: 'Paid.' }))]]));
    expect(done).toMatchObject({ judgement: { text: 'Paid.' }, by: 'billing (scripted)' });
  });

  it.each<[string, Waves, string]>([
    ['off its route', [[passes('desk', 'desk', 'refund')]], 'hand-over-refused'],
    ['with nothing that is taken', [[said('desk', handsTo('billing', { issue: 'refund' }))]], 'hand-over-refused'],
    [
      'with the same words again',
      [[passes('desk', 'billing', 'a')], [passes('billing', 'desk', 'b')], [passes('desk', 'billing', 'a')]],
      'agent-loop',
    ],
  ])('stops for a person where a case is handed over %s', (_what, waves, code) => {
    expect(codesIn(coordinate(passing, waves))).toEqual([code]);
  });

  it('ends at the cap of turns, within budget, with a person, where two agents always hand over', () => {
    let waves: Waves = [];
    for (let turn = 0; ; turn += 1) {
      const coordination = coordinate(passing, waves);
      if (coordination.kind === 'decided') {
        expect(codesIn(coordination)).toEqual(['cap:agent-turns']);
        break;
      }
      const [from, to] = turn % 2 === 0 ? ['desk', 'billing'] : ['billing', 'desk'];
      waves = [...waves, [passes(from ?? '', to ?? '', `round ${turn}`)]];
    }
    expect(waves).toHaveLength(6);
  });
});
