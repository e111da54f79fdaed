import { expect, test } from 'vitest';
import { isClearlyBetter, type Trial } from './trial.ts';

/** A trial of which only the losses matter, and to which unit each row belongs. */
function trialOf(losses: readonly number[], units: readonly string[]): Trial {
  return { losses: Float64Array.from(losses), units } as unknown as Trial;
}

const ROWS = Array.from({ length: 24 }, (_, row) => row);
const before = ROWS.map(() => 1);
const after = ROWS.map((row) => (row < 6 ? 0.1 : 1));

test('takes rows of their own as so many observations', () => {
  const units = ROWS.map(String);
  expect(isClearlyBetter(trialOf(after, units), trialOf(before, units), 2)).toBe(true);
});

test('takes rows of one group, which are right or wrong together, as one observation', () => {
  const units = ROWS.map((row) => `group ${Math.floor(row / 6)}`);
  expect(isClearlyBetter(trialOf(after, units), trialOf(before, units), 2)).toBe(false);
});

test('is not better than itself', () => {
  const units = ROWS.map(String);
  expect(isClearlyBetter(trialOf(after, units), trialOf(after, units), 0)).toBe(false);
});
