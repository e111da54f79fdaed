import { expect, test } from 'vitest';
import type { Json, LearnedSpec } from './contract.ts';
import { flatten } from './flatten.ts';
import { planPaths } from './path-kinds.ts';

const SPEC: LearnedSpec = { fields: [], target: 0.9 };
const planOf = (value: (i: number) => Json, spec = SPEC) =>
  planPaths(
    Array.from({ length: 100 }, (_, i) => flatten({ x: value(i), always: true })),
    spec,
  ).find(({ path }) => path === 'x');

test.each<[string, (i: number) => Json, string[]]>([
  ['sentences', (i) => `sentence number ${i} about something`, ['text']],
  ['few options', (i) => ['new', 'open', 'closed'][i % 3] as string, ['category']],
  ['names that come again', (i) => `vendor ${String.fromCharCode(65 + (i % 40))}`, ['text', 'category']],
  ['codes that come again', (i) => `c${100 + (i % 40)}`, ['category']],
  ['codes that never come again', (i) => `order-${1000 + i}`, []],
  ['yes and no', (i) => i % 2 === 0, ['category']],
  ['numbers', (i) => i * 1.5, ['number']],
  ['dates', (i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')}`, ['date']],
  ['lists of options', (i) => [['red', 'blue'], ['green']][i % 2] as string[], ['category']],
])('reads %s by their values', (_name, value, kinds) => {
  expect(planOf(value)?.kinds).toEqual(kinds);
});

test('takes kinds and edges that the specification names', () => {
  const plan = planOf((i) => i, { ...SPEC, features: { x: { cuts: [50, 501] } } });
  expect(plan).toEqual({ path: 'x', kinds: ['number'], cuts: [50, 501], isAlwaysThere: true });
});

test('notes that some examples lack a path', () => {
  expect(planOf((i) => (i === 3 ? null : 'here'))?.isAlwaysThere).toBe(false);
});
