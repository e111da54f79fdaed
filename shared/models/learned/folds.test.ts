import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealFolds, newestFifth } from './folds.ts';

const rowsWith = (labels: readonly number[], units = labels.map((_, i) => `unit ${i}`)) =>
  labels.map((label, row) => ({ row, label, unit: units[row] ?? '' }));

test('checks every row once, by a model fitted on all others', () => {
  const splits = dealFolds(rowsWith(Array.from({ length: 103 }, (_, i) => i % 3)));
  expect(splits.flatMap(({ check }) => [...check]).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 103 }, (_, i) => i),
  );
  for (const { fit, check } of splits) expect(new Set([...fit, ...check]).size).toBe(103);
});

test('spreads each label evenly', () => {
  const labels = Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  for (const { check } of dealFolds(rowsWith(labels))) {
    expect([...check].filter((row) => labels[row] === 1)).toHaveLength(4);
  }
});

test('never splits rows that belong together', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(12)), { minLength: 1, maxLength: 60 }), (given) => {
      const rows = rowsWith(
        given.map(([label]) => label),
        given.map(([, unit]) => `unit ${unit}`),
      );
      for (const { fit, check } of dealFolds(rows)) {
        const fitted = new Set([...fit].map((row) => rows[row]?.unit));
        expect([...check].some((row) => fitted.has(rows[row]?.unit))).toBe(false);
      }
    }),
  );
});

test('takes the newest fifth where rows have dates and are enough', () => {
  const rows = rowsWith(Array.from({ length: 100 }, () => 0)).map((row) => ({
    ...row,
    date: `2026-01-01T${String(row.row).padStart(4, '0')}`,
  }));
  expect([...(newestFifth(rows, 20)?.check ?? [])]).toEqual(Array.from({ length: 20 }, (_, i) => 80 + i));
  expect(newestFifth(rows, 21)).toBeUndefined();
  expect(newestFifth([...rows, { row: 100, label: 0, unit: '', date: undefined }], 5)).toBeUndefined();
});
