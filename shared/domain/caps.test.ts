import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { aCap } from '../../test/support/capped-lead.ts';
import { settingsIn } from '../../test/support/lead-case.ts';
import type { Cap } from '../authoring/index.ts';
import type { CapCount, Counted, Money } from '../contracts/index.ts';
import { capCounts, capWithoutRoom, capWords, counters, dayOf, givenBack, holding, stillToCount } from './caps.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 23, 59, 59, 999);
const DAY = '2026-03-02';
const MAX_MINOR = 10_000_000;

const EUR = (minor: number): Money => ({ minor, currency: 'EUR' });
const sum = (changes: Partial<Cap> = {}): Cap =>
  aCap({ id: 'refund-sum', limit: 50_000, counts: 'amount', currency: 'EUR', ...changes });
const counts = (cap: Cap, amount: Money | null, action = 'refund', settings = settingsIn('partial')) =>
  capCounts({ ...leadQualification, caps: [cap] }, { action, amount, compensates: null }, settings, NOW_MS);

describe('what an action adds under a cap', () => {
  it.each<[string, Cap, Money | null, number | null]>([
    ['one effect, whatever it moves', aCap({ id: 'sends', limit: 5 }), EUR(900), 1],
    ['nothing where the cap is for other actions', aCap({ id: 'sends', limit: 5, actions: ['send'] }), null, null],
    ['its amount', sum(), EUR(1_250), 1_250],
    ['its amount without the sign', sum(), EUR(-1_250), 1_250],
    ['nothing where it moves no money and is not named', sum(), null, null],
    ['more than the whole cap where it is named and says no amount', sum({ actions: ['refund'] }), null, 50_001],
    ['more than the whole cap in another currency', sum(), { minor: 1, currency: 'USD' }, 50_001],
    ['nothing under a cap on the money of models', aCap({ id: 'spend', limit: 1, counts: 'model-cost' }), EUR(5), null],
  ])('is %s', (_what, cap, amount, added) => {
    expect(counts(cap, amount)).toEqual(
      added === null ? [] : [{ cap: cap.id, day: DAY, amount: added, limit: cap.limit }],
    );
  });

  it('counts in the day of UTC, or in its case', () => {
    expect(counts(sum(), EUR(1)).map(({ day }) => day)).toEqual([DAY]);
    expect(counts(sum({ per: 'case' }), EUR(1)).map(({ day }) => day)).toEqual([null]);
    expect([NOW_MS, NOW_MS + 1].map(dayOf)).toEqual([DAY, '2026-03-03']);
  });

  it('counts up to the limit that the owner has set in place of the declared one', () => {
    const settings = settingsIn('partial', { caps: { 'refund-sum': 70 } });
    expect(counts(sum(), EUR(1), 'refund', settings).map(({ limit }) => limit)).toEqual([70]);
    expect(counts(sum(), { minor: 1, currency: 'USD' }, 'refund', settings).map(({ amount }) => amount)).toEqual([71]);
  });

  it('counts nowhere what takes something back', () => {
    const back = { action: 'refund', amount: EUR(5), compensates: 'refund#1' as never };
    expect(capCounts({ ...leadQualification, caps: [sum()] }, back, settingsIn('partial'), NOW_MS)).toEqual([]);
  });

  it('reads each counter once', () => {
    const twice = [...counts(sum(), EUR(1)), ...counts(sum(), EUR(2)), ...counts(sum({ per: 'case' }), EUR(3))];
    expect(counters(twice)).toEqual([
      { cap: 'refund-sum', day: DAY, amount: 0 },
      { cap: 'refund-sum', day: null, amount: 0 },
    ]);
  });
});

describe('what is still to be added after an earlier try', () => {
  const wanted: CapCount = { cap: 'refund-sum', day: DAY, amount: 500, limit: 900 };
  const held = (changes: Partial<Counted> = {}): Counted => ({ cap: 'refund-sum', day: DAY, amount: 500, ...changes });

  it.each<[string, readonly Counted[], boolean, readonly number[]]>([
    ['all of it at the first try', [], true, [500]],
    ['nothing where the other side knows the key', [held()], true, []],
    ['what an edit has added', [held({ amount: 300 })], true, [200]],
    ['nothing where an edit has lowered it', [held({ amount: 800 })], true, []],
    ['all of it on another day', [held({ day: '2026-03-01' })], true, [500]],
    ['all of it without a key, since each try may be an effect', [held()], false, [500]],
  ])('is %s', (_what, before, isKeyed, amounts) => {
    expect(stillToCount([wanted], before, isKeyed).map(({ amount }) => amount)).toEqual(amounts);
  });

  it('is given back whole, and nothing of what was held before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.array(fc.nat()), (before, added) => {
        const old = before.map((amount) => held({ amount }));
        const more = added.map((amount) => ({ ...wanted, amount }));
        const now = holding(old, more);
        expect(now.slice(0, old.length)).toEqual(old);
        expect(givenBack(now, old)).toEqual(more.map(({ cap, day, amount }) => ({ cap, day, amount })));
        expect(givenBack(now, now)).toEqual([]);
      }),
    );
  });
});

describe('a cap', () => {
  it('has room for the same sum however it is split', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -MAX_MINOR, max: MAX_MINOR }), { minLength: 1, maxLength: 8 }),
        fc.nat(MAX_MINOR),
        fc.nat(MAX_MINOR),
        (parts, limit, already) => {
          const cap = sum({ limit });
          const whole = parts.reduce((total, part) => total + Math.abs(part), 0);
          const split = parts.flatMap((part) => counts(cap, EUR(part)));
          const hasRoom = capWithoutRoom(split, { 'refund-sum': already }) === null;
          expect(hasRoom).toBe(already + whole <= limit);
        },
      ),
    );
  });

  it('has no room for another currency, whatever the amount and the limit', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1e12, noNaN: true }), (minor, limit) => {
        expect(capWithoutRoom(counts(sum({ limit }), { minor, currency: 'JPY' }), {})).not.toBeNull();
      }),
    );
  });

  it.each<[Cap, string]>([
    [sum(), 'The limit refund-sum allows at most 500.00 EUR in one day.'],
    [sum({ currency: 'JPY', per: 'case' }), 'The limit refund-sum allows at most 50000 JPY in one case.'],
    [aCap({ id: 'sends', limit: 1 }), 'The limit sends allows at most 1 effect in one day.'],
    [
      aCap({ id: 'spend', limit: 2.5, counts: 'model-cost' }),
      'The limit spend allows at most 2.5 USD for models in one day.',
    ],
  ])('is said in words', (cap, words) => {
    expect(capWords(cap, cap.limit)).toBe(words);
  });
});
