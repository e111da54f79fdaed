import { expect, test } from 'vitest';
import type { Example, FieldSpec, LearnedSpec } from './contract.ts';
import { findCrosses } from './find-crosses.ts';
import { ownBlocks } from './found-cross.ts';
import { openModel } from './model.ts';
import { seeded } from './random.ts';
import { train } from './train.ts';

const OFFICES = ['north', 'south', 'east'];
const CHORES = ['laptop', 'badge', 'desk', 'phone', 'parking', 'locker'];
const FILLERS = ['please order', 'ask about', 'arrange', 'remember', 'settle', 'look into'];

/** Made-up chores: who does one depends on chore and office together; where it goes, on the chore alone. */
function chores(count: number, seed: number): Example[] {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, i): Example => {
    const [office, chore] = [below(OFFICES.length), below(CHORES.length)];
    const note = `${FILLERS[below(6)]} ${CHORES[chore]} ${FILLERS[below(6)]} ${i}`;
    return {
      id: `chore ${String(i).padStart(4, '0')}`,
      input: { office: OFFICES[office] ?? '', note },
      expected: { byUs: (office * 2 + chore) % 3 === 0, indoors: chore < 3 },
    };
  });
}

const BY_US: FieldSpec = { name: 'byUs', kind: 'class' };
const INDOORS: FieldSpec = { name: 'indoors', kind: 'class' };
const TAUGHT = chores(240, 1);
const found = (fields: readonly FieldSpec[], spec: Partial<LearnedSpec> = {}, examples = TAUGHT) =>
  findCrosses(examples, { fields, target: 0.9, features: { note: 'text' }, ...spec });

test('joins a category and a text for the field whose words mean something else under each value', () => {
  expect(found([BY_US, INDOORS])).toEqual([{ cross: ['office', 'note'], fields: ['byUs'] }]);
});

test('joins nothing where the words mean the same everywhere', () => {
  expect(found([INDOORS])).toEqual([]);
});

test('leaves alone what the specification joins, in either order', () => {
  expect(found([BY_US], { crosses: [['note', 'office']] })).toEqual([]);
});

test('leaves alone fields that name what they read, that only look up the past, and numbers', () => {
  expect(found([{ ...BY_US, reads: ['note', 'office'] }])).toEqual([]);
  expect(found([{ ...BY_US, use: 'history' }])).toEqual([]);
  expect(found([{ ...BY_US, kind: 'number' }])).toEqual([]);
});

test('tries nothing where examples are many, and nothing where pairs are', () => {
  expect(found([BY_US], {}, chores(2_001, 1))).toEqual([]);
  const wide = TAUGHT.map((example, i) => {
    const more = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((path) => [path, `${path} ${i % 2}`]));
    return { ...example, input: { ...(example.input as Record<string, string>), ...more } };
  });
  expect(found([BY_US], {}, wide)).toEqual([]);
});

test('a model reads what was found together, and decides unseen cases by it', () => {
  const spec: LearnedSpec = { fields: [BY_US, INDOORS], target: 0.9, features: { note: 'text' } };
  const model = openModel(train(TAUGHT, spec));
  const apart = openModel(train(TAUGHT, { ...spec, fields: [{ ...BY_US, reads: ['office', 'note'] }] }));
  const unseen = chores(200, 2);
  const right = (one: typeof model) =>
    unseen.filter(({ input, expected }) => one.score(input).fields['byUs']?.value === expected['byUs']).length;
  expect(right(model)).toBeGreaterThan(180);
  expect(right(apart)).toBeLessThan(160);
  const { because } = model.score({ office: 'north', note: 'ask about laptop' }).fields['byUs'] ?? {};
  expect(because?.map(({ feature }) => feature)).toContain('office and note: north, laptop');
});

test('a field does not see what was found for another', () => {
  const paths = ['note', 'office'].map((path) => ({ path, kinds: [], cuts: [], isAlwaysThere: true }));
  const plan = { paths, crosses: [['office', 'office'] as const, ['office', 'note'] as const] };
  const crosses = [{ cross: ['office', 'note'] as const, fields: ['byUs'] }];
  expect(ownBlocks(plan, crosses, 'byUs')).toEqual([0, 1, 2, 3]);
  expect(ownBlocks(plan, crosses, 'indoors')).toEqual([0, 1, 2]);
});
