import { describe, expect, it } from 'vitest';
import { expenses } from '../../test/support/expenses.ts';
import { BEGINNING, type Planted, pastExpenses } from '../../test/support/past-expenses.ts';
import { type ProposedRule, proposeRules } from './proposed-rules.ts';
import { DAY_MS } from './shapes.ts';

const NOW = BEGINNING + 30 * DAY_MS;
const no = (changes: Planted = {}): Planted => ({ said: 'reject', day: 20, ...changes });
const BOB = { payee: 'bob@remit.example', wantedBy: 'bob@remit.example' };

function proposed(log: readonly Planted[], nowMs = NOW): ProposedRule[] {
  return proposeRules(expenses, pastExpenses(log), nowMs);
}

describe('repeated refusals', () => {
  it('of the same values propose a rule, as a sentence with what it would have meant', () => {
    const log = [no(), no({ minor: 100 }), no({ minor: 7_000 }), no({ ...BOB, minor: 12, purpose: 'dinner' })];
    const [rule, ...others] = proposed([...log, { said: 'approve', day: 21, minor: 5 }]);
    expect(others.map(({ refusals, rule: wider }) => [refusals, wider.fixed])).toEqual([
      [4, { 'sum.currency': 'EUR' }],
    ]);
    expect(rule).toMatchObject({
      sentence:
        'Do not propose "Pay the expense" where payee is "ann@remit.example", sum.currency is "EUR" and purpose is "lunch": people rejected it 3 times in 30 days.',
      refusals: 3,
      rule: {
        kind: 'refusal',
        effect: 'pay',
        fixed: { payee: 'ann@remit.example', 'sum.currency': 'EUR', purpose: 'lunch' },
      },
    });
    expect(rule?.backTest.summary).toBe(
      '4 of 5 would have been refused without asking; people approved 1 of them, people rejected 3 of them.',
    );
  });

  it.each<[string, readonly Planted[]]>([
    ['twice are not enough', [no(), no()]],
    ['too long ago do not count', [no(), no(), no({ day: -1 })]],
    [
      'with as many yeses are no rule',
      [no(), no(), no(), ...[1, 2, 3].map((): Planted => ({ said: 'approve', day: 20 }))],
    ],
    ['that were no refusals do not count', [no(), no(), { said: null, day: 20 }, { said: 'respond', day: 20 }]],
  ])('%s', (_what, log) => {
    expect(proposed(log)).toEqual([]);
  });

  it('propose one rule for each set of values that they share', () => {
    const log = [
      ...[1, 2, 3].map((minor) => no({ minor })),
      ...[4, 5, 6].map((minor) => no({ ...BOB, minor, purpose: 'dinner' })),
    ];
    const found = proposed(log).map(({ refusals, rule }) => [refusals, rule.fixed]);
    expect(found).toEqual([
      [3, { payee: 'ann@remit.example', 'sum.currency': 'EUR', purpose: 'lunch' }],
      [3, { payee: 'bob@remit.example', 'sum.currency': 'EUR', purpose: 'dinner' }],
      [6, { 'sum.currency': 'EUR' }],
    ]);
  });
});
