import { expect, test } from 'vitest';
import type { Example, LearnedSpec } from './contract.ts';
import { openModel } from './model.ts';
import { seeded } from './random.ts';
import { load, serialise } from './serialise.ts';
import { train } from './train.ts';

const SPEC: LearnedSpec = {
  fields: [{ name: 'account', kind: 'class', use: 'history' }],
  features: { vendor: 'category' },
  history: { keys: [['vendor']], learns: true },
  target: 0.9,
};
const ACCOUNTS = ['travel', 'software', 'office'];
const DAY_MS = 86_400_000;

/** Made-up bookings of twelve vendors. Where accounts move, each vendor's changes every 100 bookings. */
function bookings(count: number, doAccountsMove: boolean, isDated = true): Example[] {
  const random = seeded(7);
  return Array.from({ length: count }, (_, i): Example => {
    const vendor = Math.floor(random() * 12);
    const phase = doAccountsMove ? Math.floor((i + vendor * 8) / 100) : 0;
    const account = ACCOUNTS[(vendor + phase) % ACCOUNTS.length] ?? '';
    return {
      id: `b${String(i).padStart(4, '0')}`,
      input: { vendor: `vendor ${vendor}` },
      expected: { account },
      ...(isDated ? { date: new Date(Date.UTC(2026, 0, 1) + i * DAY_MS).toISOString().slice(0, 10) } : {}),
    };
  });
}

function halfLifeOf(examples: readonly Example[]): number | null | undefined {
  const { decision } = train(examples, SPEC).fields[0] ?? {};
  return decision?.by === 'class' ? decision.classifier.history?.halfLife : undefined;
}

test('a history fades where accounts move on', () => {
  expect(halfLifeOf(bookings(800, true))).toBe(100);
});

test('a history keeps all of its past where nothing moves, and where no booking has a date', () => {
  expect(halfLifeOf(bookings(800, false))).toBeNull();
  expect(halfLifeOf(bookings(800, true, false))).toBeNull();
});

test('a fading history is the same whatever the order of the examples, and the same saved as live', () => {
  const examples = bookings(800, true);
  const artefact = train(examples, SPEC);
  const saved = serialise(artefact);
  expect(serialise(train(examples.toReversed(), SPEC))).toEqual(saved);
  const [live, read] = [openModel(structuredClone(artefact)), load(saved)];
  for (const { input, expected } of bookings(900, true).slice(800)) {
    expect(read.score(input)).toEqual(live.score(input));
    live.remember(input, expected);
    read.remember(input, expected);
  }
});

test('says of a vendor whose account moved how much of its late past speaks for the account', () => {
  const model = openModel(train(bookings(800, true), SPEC));
  expect(model.score({ vendor: 'vendor 3' }).fields['account']?.because[0]?.feature).toMatch(
    /^same vendor: \d+ % of the time, of late \d+ times$/,
  );
});
