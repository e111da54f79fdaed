import { expect, test } from 'vitest';
import { fewestRows, findThreshold } from './threshold.ts';

/** Rows from the most confident down; those at the given places are wrong. */
const ranked = (count: number, wrong: readonly number[]) =>
  Array.from({ length: count }, (_, i) => ({ confidence: 1 - i / count, isRight: !wrong.includes(i) }));
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step);

test.each([
  [0.9, 50],
  [0.95, 100],
  [0.98, 250],
  [0.99, 500],
])('asks for enough rows above a threshold for %f: %i', (target, rows) => {
  expect(fewestRows(target, 0)).toBe(rows);
});

test('accepts all rows where all are right', () => {
  expect(findThreshold(ranked(200, []), 0.95, 200)).toMatchObject({ rows: 200, accuracy: 1 });
});

test('suggests only with one row too few', () => {
  expect(findThreshold(ranked(99, []), 0.95, 99)).toBeUndefined();
  expect(findThreshold(ranked(100, []), 0.95, 100)).toBeDefined();
});

test('stops at the first step that does not hold, though a later one would', () => {
  const wrong = every(2, 110, 130);
  const found = findThreshold(ranked(600, wrong), 0.95, 600);
  expect(found?.rows).toBeLessThan(130);
  expect(findThreshold(ranked(600, []), 0.95, 600)?.rows).toBe(600);
});

test('takes all rows of one confidence or none', () => {
  const tied = ranked(300, []).map((row, i) => (i >= 120 && i < 200 ? { confidence: 0.5, isRight: i < 150 } : row));
  const found = findThreshold(tied, 0.95, 300);
  expect(found && tied.filter(({ confidence }) => confidence >= found.value)).toHaveLength(found?.rows ?? -1);
  expect(found?.value).not.toBe(0.5);
});

test('counts weighted rows for what they stand for', () => {
  const rows = ranked(400, every(40, 100, 400));
  const heavy = rows.map((row) => (row.isRight ? row : { ...row, weight: 4 }));
  const [plain, weighted] = [findThreshold(rows, 0.95, 400), findThreshold(heavy, 0.95, 400)];
  expect(plain?.rows).toBe(400);
  expect(weighted?.rows ?? 0).toBeLessThan(300);
});
