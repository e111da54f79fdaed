import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { missingExamples } from './shortfall.ts';

const outcomes = (count: number, isRight: (i: number) => boolean): Outcome[] =>
  Array.from({ length: count }, (_, row) => {
    return { row, value: 'a', expected: 'a', raw: 1 - row / 1_000, isRight: isRight(row), isAcceptable: true };
  });
const steps = (before: number, last: number) => [
  { share: 0.5, examples: 50, accuracy: before },
  { share: 1, examples: 100, accuracy: last },
];

test('names the rows that a faultless field still lacks', () => {
  expect(
    missingExamples(
      outcomes(30, () => true),
      0.9,
      [],
    ),
  ).toBe(20);
});

test('counts the doublings that the learning curve asks for', () => {
  const missing = missingExamples(
    outcomes(100, (i) => i % 5 !== 0),
    0.9,
    steps(0.69, 0.8),
  );
  expect(missing).toBe(100);
});

test('says that more of the same would not help where the curve is flat', () => {
  expect(
    missingExamples(
      outcomes(100, (i) => i % 2 === 0),
      0.9,
      steps(0.5, 0.5),
    ),
  ).toBeNull();
});
