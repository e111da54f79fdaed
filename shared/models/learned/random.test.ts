import { expect, test } from 'vitest';
import { seeded, shuffle } from './random.ts';

test('gives the same numbers for the same seed, all from 0 up to 1', () => {
  const [one, two, other] = [seeded(7), seeded(7), seeded(8)];
  const numbers = Array.from({ length: 100 }, one);
  expect(Array.from({ length: 100 }, two)).toEqual(numbers);
  expect(Array.from({ length: 100 }, other)).not.toEqual(numbers);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
});

test('shuffles the first entries and leaves the rest alone', () => {
  const order = Int32Array.from({ length: 50 }, (_, i) => i);
  shuffle(order, 40, seeded(1));
  expect(Array.from(order.slice(40))).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
  expect(Array.from(order.slice(0, 40))).not.toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
});
