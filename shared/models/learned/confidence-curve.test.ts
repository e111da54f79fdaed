import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrationError } from './calibration-error.ts';
import { applyCurve, fitCurve } from './confidence-curve.ts';
import { seeded } from './random.ts';

const rows = fc.array(
  fc.record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    isRight: fc.boolean(),
    weight: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 120 },
);
const probes = Array.from({ length: 21 }, (_, i) => i / 20);

test('never falls, and stays between 0 and 1', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, 1), (given, bins, doubt) => {
      const curve = fitCurve(given, bins, doubt);
      const mapped = probes.map((confidence) => applyCurve(curve, confidence));
      expect(mapped).toEqual([...mapped].sort((a, b) => a - b));
      expect(Math.min(...mapped)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...mapped)).toBeLessThanOrEqual(1);
    }),
  );
});

test('mends confidence that is too high', () => {
  const random = seeded(4);
  const given = Array.from({ length: 4_000 }, () => {
    const confidence = random();
    return { confidence, isRight: random() < confidence ** 2 };
  });
  const curve = fitCurve(given, 20, 0);
  const mended = given.map((row) => ({ ...row, confidence: applyCurve(curve, row.confidence) }));
  expect(calibrationError(given)).toBeGreaterThan(0.14);
  expect(calibrationError(mended)).toBeLessThan(0.02);
});

test('does not read a faultless handful as certainty', () => {
  const given = Array.from({ length: 9 }, () => ({ confidence: 0.8, isRight: true }));
  expect(applyCurve(fitCurve(given, 1, 1), 0.99)).toBeCloseTo(0.95);
});

test('leaves confidence as it is where there is no curve', () => {
  expect(applyCurve({ raw: [], calibrated: [] }, 0.37)).toBe(0.37);
});
