import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonInterval, wilsonLower, wilsonUpper } from './wilson.ts';

test.each([
  [0.9, 15],
  [0.95, 32],
  [0.98, 81],
  [0.99, 163],
])('proves %f with %i faultless cases and not with one fewer', (target, cases) => {
  expect(wilsonLower(cases, cases)).toBeGreaterThanOrEqual(target);
  expect(wilsonLower(cases - 1, cases - 1)).toBeLessThan(target);
});

test('still believes 95 % at 13 wrong of 200 and no longer at 14', () => {
  expect(wilsonUpper(187, 200)).toBeGreaterThanOrEqual(0.95);
  expect(wilsonUpper(186, 200)).toBeLessThan(0.95);
});

test('holds the share seen between its ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (right, more) => {
      const rows = right + more;
      expect(wilsonLower(right, rows)).toBeLessThanOrEqual(right / rows);
      expect(wilsonUpper(right, rows)).toBeGreaterThanOrEqual(right / rows);
    }),
  );
});

test('knows nothing from no case', () => {
  expect([wilsonLower(0, 0), wilsonUpper(0, 0)]).toEqual([0, 1]);
});

test.each([
  [90, 100, 0.826, 0.945],
  [184, 200, 0.874, 0.95],
  [20, 20, 0.839, 1],
])('puts %i of %i between these ends with 95 %%', (right, rows, lower, upper) => {
  const interval = wilsonInterval(right, rows);
  expect(interval.lower).toBeCloseTo(lower, 3);
  expect(interval.upper).toBeCloseTo(upper, 3);
});

test('comes closer with more cases of the same share', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 }), (right, wrong) => {
      const [few, many] = [1, 10].map((times) => wilsonInterval(right * times, (right + wrong) * times));
      expect((many?.upper ?? 1) - (many?.lower ?? 0)).toBeLessThan((few?.upper ?? 0) - (few?.lower ?? 0));
    }),
  );
});
