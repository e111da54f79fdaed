import { expect, test } from 'vitest';
import { acceptFrom } from './accept.ts';
import type { Outcome } from './outcome.ts';

/** 400 rows, one in ten of them a sure "yes"; of those as many are wrong as told. */
const rowsWith = (wrongYes: number): Outcome[] =>
  Array.from({ length: 400 }, (_, row): Outcome => {
    const value = row % 10 === 0 ? 'yes' : 'no';
    const isRight = value === 'no' || row / 10 < 40 - wrongYes;
    return { row, value, expected: isRight ? value : 'no', raw: 1 - row / 1_000, isRight, isAcceptable: true };
  });

const OPTIONS = { target: 0.9, weightOf: () => 1, judgesEachValue: true };

test('does not let a rare value hide its errors behind a common one', () => {
  const { threshold, doubtful } = acceptFrom(rowsWith(12), OPTIONS);
  expect(doubtful).toEqual(['yes']);
  expect(threshold?.accuracy).toBe(1);
});

test('does not doubt a value for errors that chance explains', () => {
  expect(acceptFrom(rowsWith(3), OPTIONS).doubtful).toEqual([]);
});

test('leaves values alone where only the whole is judged', () => {
  expect(acceptFrom(rowsWith(12), { ...OPTIONS, judgesEachValue: false }).doubtful).toEqual([]);
});
