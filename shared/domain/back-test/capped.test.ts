import { describe, expect, it } from 'vitest';
import { expenses } from '../../../test/support/expenses.ts';
import { type Planted, pastExpenses } from '../../../test/support/past-expenses.ts';
import type { Cap } from '../../authoring/index.ts';
import { type BackTest, backTest, type RuleChange } from '../back-test.ts';

function tested(planted: readonly Planted[], change: RuleChange): BackTest {
  return backTest(expenses, pastExpenses(planted), change);
}

describe('a cap', () => {
  const cap = (changes: Partial<Cap>): RuleChange => ({
    kind: 'cap',
    cap: { id: 'new-cap', counts: 'effects', per: 'day', limit: 2, actions: [], currency: null, ...changes },
  });
  const capped = (found: BackTest, log: readonly Planted[]) => {
    const ids = pastExpenses(log).map(({ caseId }) => caseId);
    return found.changed.map(({ caseId, after }) => [ids.indexOf(caseId), after]);
  };

  it.each<[string, Partial<Cap>, readonly Planted[], unknown[]]>([
    ['stops the third of a day and counts a new day anew', {}, [{}, {}, {}, { day: 1 }], [[2, 'capped']]],
    [
      'does not count what was refused, or what nobody answered',
      {},
      [{ said: 'reject' }, { said: null }, {}, {}, {}],
      [[4, 'capped']],
    ],
    ['per case counts each case by itself', { per: 'case', limit: 1 }, [{}, {}], []],
    [
      'of amounts adds them up',
      { counts: 'amount', limit: 9_000, currency: 'EUR' },
      [{ minor: 5_000 }, { minor: 4_000 }, { minor: 1 }],
      [[2, 'capped']],
    ],
    [
      'does not count what it stopped',
      { counts: 'amount', limit: 9_000, currency: 'EUR' },
      [{ minor: 8_000 }, { minor: 2_000 }, { minor: 1_000 }],
      [[1, 'capped']],
    ],
    [
      'of another currency stops what it cannot compare',
      { counts: 'amount', limit: 9_000, currency: 'USD' },
      [{}],
      [[0, 'capped']],
    ],
    ['of other actions stops nothing', { limit: 0, actions: ['pay-back'] }, [{}, {}], []],
    [
      'of money for models adds up turns',
      { counts: 'model-cost', limit: 0.5 },
      [{ costUsd: 0.3 }, { costUsd: 0.3 }, { costUsd: 0.1 }],
      [[1, 'capped']],
    ],
  ])('%s', (_what, changes, log, expected) => {
    expect(capped(tested(log, cap(changes)), log)).toEqual(expected);
  });

  it('counts in the order in which it happened, not in which it is read', () => {
    const log: Planted[] = [{ day: 1, minor: 1 }, {}, {}, {}];
    const past = pastExpenses(log);
    const backwards = backTest(expenses, past.toReversed(), cap({}));
    expect(capped(backwards, log)).toEqual([[3, 'capped']]);
  });

  it('that is raised lets go what the declared one had stopped', () => {
    const log: Planted[] = [
      { minor: 600_000, said: 'approve' },
      { minor: 600_000, said: 'approve' },
    ];
    const raised = tested(log, cap({ id: 'daily-money', counts: 'amount', currency: 'EUR', limit: 2_000_000 }));
    expect(raised.changed.map(({ before, after, said }) => [before, after, said?.verb])).toEqual([
      ['capped', 'asked', 'approve'],
    ]);
  });
});
