import { expect, test } from 'vitest';
import { isClearlyBetter, isMoreAccurate, type Trial } from './trial.ts';

/** A trial of which only the results matter: one row per unit named, right where its loss is below 0.5. */
function trialOf(losses: readonly number[], units: readonly string[]): Trial {
  const outcomes = losses.map((loss, row) => {
    return { row, value: 'a', expected: 'a', raw: 1, isRight: loss < 0.5, isAcceptable: true };
  });
  return { outcomes, losses: Float64Array.from(losses), units } as unknown as Trial;
}

const ROWS = Array.from({ length: 24 }, (_, row) => row);
const before = ROWS.map(() => 1);
const after = ROWS.map((row) => (row < 6 ? 0.1 : 1));

test('takes rows of their own as so many observations', () => {
  const units = ROWS.map(String);
  expect(isClearlyBetter(trialOf(after, units), trialOf(before, units), 2)).toBe(true);
  expect(isMoreAccurate(trialOf(after, units), trialOf(before, units))).toBe(true);
});

test('takes rows of one group, which are right or wrong together, as one observation', () => {
  const units = ROWS.map((row) => `group ${Math.floor(row / 6)}`);
  expect(isClearlyBetter(trialOf(after, units), trialOf(before, units), 2)).toBe(false);
});

test('is not better than itself', () => {
  const units = ROWS.map(String);
  expect(isClearlyBetter(trialOf(after, units), trialOf(after, units), 0)).toBe(false);
  expect(isMoreAccurate(trialOf(after, units), trialOf(after, units))).toBe(false);
});
