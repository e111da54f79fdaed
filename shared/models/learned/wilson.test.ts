import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonLower, wilsonUpper } from './wilson.ts';

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
