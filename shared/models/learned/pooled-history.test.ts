import { expect, test } from 'vitest';
import type { Example, LearnedSpec } from './contract.ts';
import { openModel } from './model.ts';
import { seeded } from './random.ts';
import { load, serialise } from './serialise.ts';
import { train } from './train.ts';

const SPEC: LearnedSpec = {
  fields: [{ name: 'account', kind: 'class', use: 'history' }],
  features: { card: 'category', shop: 'category' },
  history: { keys: [['card', 'shop'], ['card'], ['shop']], learns: true },
  target: 0.9,
};

const DAY_MS = 86_400_000;

/**
 * Made-up bookings, each pair of card and shop about once, so that two broad keys must speak together: the shop leaves two accounts
 * open, and the card says which.
 */
function bookings(count: number): Example[] {
  const random = seeded(3);
  return Array.from({ length: count }, (_, i): Example => {
    const [card, shop] = [Math.floor(random() * 40), Math.floor(random() * 40)];
    const account = `account ${shop % 5} ${card % 2}`;
    const date = new Date(Date.UTC(2025, 0, 1) + i * DAY_MS).toISOString().slice(0, 10);
    const id = `b${String(i).padStart(4, '0')}`;
    return { id, input: { card: `c${card}`, shop: `s${shop}` }, expected: { account }, date };
  });
}

function poolOf(examples: readonly Example[], spec = SPEC) {
  const { decision } = train(examples, spec).fields[0] ?? {};
  return decision?.by === 'class' ? decision.classifier.temperatures.pool : undefined;
}

function rightOf(examples: readonly Example[], unseen: readonly Example[]): number {
  const model = openModel(train(examples, SPEC));
  const right = unseen.filter(
    ({ input, expected }) => model.score(input).fields['account']?.value === expected['account'],
  );
  return right.length / unseen.length;
}

test('keys that each know a part of the answer find it together', () => {
  const all = bookings(700);
  expect(poolOf(all.slice(0, 500))).not.toBeNull();
  expect(rightOf(all.slice(0, 500), all.slice(500))).toBeGreaterThan(0.9);
});

test('weights are not learned for a history that stays as it is', () => {
  expect(poolOf(bookings(500), { ...SPEC, history: { keys: SPEC.history?.keys ?? [] } })).toBeNull();
});

test('a pooled model answers the same saved as live, also as it learns', () => {
  const artefact = train(bookings(500), SPEC);
  const [live, read] = [openModel(structuredClone(artefact)), load(serialise(artefact))];
  for (const { input, expected } of bookings(560).slice(500)) {
    expect(read.score(input)).toEqual(live.score(input));
    live.remember(input, expected);
    read.remember(input, expected);
  }
});

test('the same examples give the same bytes in any order', () => {
  const examples = bookings(300);
  expect(serialise(train(examples.toReversed(), SPEC))).toEqual(serialise(train(examples, SPEC)));
});
