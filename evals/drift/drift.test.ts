import { expect, test } from 'vitest';
import { shareOf } from '../../shared/domain/agreement.ts';
import { type DriftInput, driftOf, type SeenCase } from './drift.ts';

/** The n-th case of a steady traffic. */
function seen(n: number, facts: Readonly<Record<string, string | number | null>> = {}, confidence = 0.9): SeenCase {
  const country = ['NL', 'NL', 'NL', 'DE', 'FR'][n % 5] ?? 'NL';
  const message = 'a question about our invoices and the seats that we have booked '.repeat(1 + (n % 3));
  return { facts: { input: { country, amount: 100 + (n % 50), message, ...facts } }, confidence };
}

const cases = (count: number, make: (n: number) => SeenCase): SeenCase[] =>
  Array.from({ length: count }, (_, n) => make(n));
const STEADY: DriftInput = {
  training: cases(500, (n) => seen(n)),
  now: cases(200, (n) => seen(n)),
  evaluated: { right: shareOf(184, 200), alone: shareOf(200, 500) },
  live: { agreed: shareOf(55, 60), alone: shareOf(80, 200) },
};

test('steady traffic warns of nothing', () => {
  const drift = driftOf(STEADY);
  expect(drift.warnings).toEqual([]);
  expect(drift.kinds.map(({ path, grade }) => [path, grade])).toEqual([['input.country', 'stable']]);
  expect(drift.numbers.map(({ path, grade }) => [path, grade])).toEqual([
    ['input.amount', 'stable'],
    ['input.message (length)', 'stable'],
  ]);
});

test.each<[string, Partial<DriftInput>, RegExp]>([
  [
    'another mix',
    { now: cases(200, (n) => seen(n, { country: n % 5 < 3 ? 'FR' : 'DE' })) },
    /^The mix of input.country/,
  ],
  ['values never seen', { now: cases(200, (n) => seen(n, n % 8 === 0 ? { country: 'BR' } : {})) }, /25 of 200 cases/],
  [
    'larger amounts',
    { now: cases(200, (n) => seen(n, { amount: 130 + (n % 50) })) },
    /^input.amount has moved: 15\d on average/,
  ],
  ['less confidence', { now: cases(200, (n) => seen(n, {}, 0.6 + (n % 10) / 100)) }, /^Confidence has moved: 64/],
  ['less agreement', { live: { agreed: shareOf(30, 60), alone: shareOf(80, 200) } }, /^People agree less .* 30 of 60/],
  [
    'fewer decided alone',
    { live: { agreed: shareOf(55, 60), alone: shareOf(20, 200) } },
    /^Another share .* 20 of 200/,
  ],
])('%s is a clear warning', (_what, change, warning) => {
  const { warnings } = driftOf({ ...STEADY, ...change });
  expect(warnings.some((one) => warning.test(one))).toBe(true);
});

test('a handful of cases says nothing, however odd they are', () => {
  const drift = driftOf({ ...STEADY, now: cases(10, (n) => seen(n, { country: 'BR' })) });
  expect(drift).toMatchObject({ isTooFew: true, warnings: [] });
});

test('a small sample of the same traffic is no drift: what chance shows is taken off', () => {
  const many = Array.from({ length: 20 }, (_, kind) => `kind ${kind}`);
  const spread = (n: number): SeenCase => seen(n, { country: many[(n * 7) % 20] ?? '' });
  const { kinds } = driftOf({ ...STEADY, training: cases(500, spread), now: cases(40, (n) => spread(n * 3)) });
  expect(kinds[0]?.grade).toBe('stable');
});

test('of many values the frequent ones are looked at, and names not at all', () => {
  const country = (n: number): string => (n % 2 === 0 ? `rare ${n}` : (['NL', 'DE', 'FR'][n % 3] ?? ''));
  const training = cases(600, (n) => seen(n, { country: country(n), email: `person-${n}@a.example` }));
  const now = cases(200, (n) => seen(n, { country: n % 2 === 0 ? `rare ${n}` : 'FR', email: `person-${n}@a.example` }));
  const { kinds } = driftOf({ ...STEADY, training, now });
  expect(kinds.map(({ path, grade }) => [path, grade])).toEqual([['input.country', 'moved']]);
});

test('what the model does not learn from may be new every day, and is shown apart', () => {
  const day = (n: number, month: number): string => `2026-0${month}-${10 + (n % 9)}`;
  const training = cases(500, (n) => seen(n, { today: day(n, 3), visits: n % 10 }));
  const now = cases(200, (n) => seen(n, { today: day(n, 8), visits: 50 + (n % 10) }));
  const ignored = new Set(['input.today', 'input.visits']);
  const { kinds, numbers, warnings } = driftOf({ ...STEADY, training, now, ignored });
  expect(warnings).toEqual([]);
  const moved = [...kinds, ...numbers].filter(({ grade }) => grade === 'moved');
  expect(moved.map(({ path, isLearned }) => [path, isLearned])).toEqual([
    ['input.today', false],
    ['input.visits', false],
  ]);
  expect(driftOf({ ...STEADY, training, now }).warnings).toHaveLength(3);
});
