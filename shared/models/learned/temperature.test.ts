import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from './random.ts';
import { fitTemperature, softmax } from './temperature.ts';
import { fitTwoClasses } from './two-class-calibration.ts';

test('makes scores into probabilities that keep their order', () => {
  const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(scores, fc.double({ min: 0.1, max: 5, noNaN: true }), (given, temperature) => {
      const probabilities = softmax(Float64Array.from(given), temperature);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      const best = given.indexOf(Math.max(...given));
      expect(probabilities[best]).toBe(Math.max(...probabilities));
    }),
  );
});

test.each([0.3, 1, 2.5])('finds the temperature %f that the labels were drawn with', (temperature) => {
  const random = seeded(11);
  const rows = Array.from({ length: 4_000 }, () => {
    const scores = Float64Array.from({ length: 3 }, () => random() * 4);
    const [p0 = 0, p1 = 0] = softmax(scores, temperature);
    const drawn = random();
    return { scores, label: drawn < p0 ? 0 : drawn < p0 + p1 ? 1 : 2 };
  });
  expect(fitTemperature(rows)).toBeGreaterThan(temperature * 0.85);
  expect(fitTemperature(rows)).toBeLessThan(temperature * 1.15);
});

test('does not become certain from a few faultless rows', () => {
  const rows = Array.from({ length: 20 }, () => ({ scores: Float64Array.of(1, -1, -1), label: 0 }));
  const confidence = softmax(Float64Array.of(1, -1, -1), fitTemperature(rows))[0] ?? 1;
  expect(confidence).toBeLessThan(0.99);
  expect(confidence).toBeGreaterThan(0.9);
});

test('moves the scores of a rare class to where it is found', () => {
  const random = seeded(12);
  const rows = Array.from({ length: 4_000 }, () => {
    const score = random() * 4 - 3;
    const p = 1 / (1 + Math.exp(-(2 * (2 * score) + 1.5)));
    return { scores: Float64Array.of(-score, score), label: random() < p ? 1 : 0 };
  });
  const { temperature, offset } = fitTwoClasses(rows);
  expect(1 / temperature).toBeCloseTo(2, 0);
  expect(offset / temperature).toBeCloseTo(1.5, 0);
});
