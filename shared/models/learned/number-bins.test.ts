import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binOf, describeBin, quantileCuts } from './number-bins.ts';

test('gives few distinct values a bin each', () => {
  const cuts = quantileCuts([1, 1, 2, 5, 5, 5]);
  expect([1, 2, 5].map((value) => binOf(value, cuts))).toEqual([0, 1, 2]);
});

test('makes at most ten bins with rising edges', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 200 }), (values) => {
      const cuts = quantileCuts(values);
      expect(cuts.length).toBeLessThan(10);
      expect(cuts).toEqual([...new Set(cuts)].sort((a, b) => a - b));
    }),
  );
});

test('puts a value on an edge above it', () => {
  expect([49, 50, 500, 501].map((value) => binOf(value, [50, 501]))).toEqual([0, 1, 1, 2]);
});

test('says a bin in words', () => {
  expect([0, 1, 2].map((bin) => describeBin(bin, [50, 501]))).toEqual(['under 50', '50 to 501', '501 or more']);
  expect(describeBin(0, [])).toBe('any number');
});
