import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOf } from '../../shared/domain/agreement.ts';
import { accuracyCoverage, thresholdFor } from './accuracy-coverage.ts';
import { bootstrapInterval } from './bootstrap.ts';
import { confusionOf } from './confusion.ts';
import { mcnemarExact } from './mcnemar.ts';
import { mean, quantile } from './quantile.ts';
import { expectedCalibrationError, reliabilityBins, type Stated } from './reliability.ts';
import { countKinds, kolmogorovSmirnov, stabilityIndex } from './two-samples.ts';

describe('the exact test of McNemar', () => {
  // 2 × (1 + 12 + 66) / 2^12 and so on, from the binomial coefficients.
  test.each([
    [10, 2, 158 / 4096],
    [2, 10, 158 / 4096],
    [5, 0, 2 / 32],
    [6, 0, 2 / 64],
    [3, 3, 1],
    [0, 0, 1],
  ])('gives %i against %i its chance', (first, second, chance) => {
    expect(mcnemarExact(first, second)).toBeCloseTo(chance, 10);
  });

  test('stays a chance for thousands of pairs', () => {
    expect(mcnemarExact(2_600, 2_400)).toBeCloseTo(0.0049, 3);
    fc.assert(
      fc.property(fc.nat(4_000), fc.nat(4_000), (first, second) => {
        const chance = mcnemarExact(first, second);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('quantiles', () => {
  test.each([
    [0.5, 5.5],
    [0.95, 9.55],
    [0.99, 9.91],
    [0, 1],
    [1, 10],
  ])('of 1 to 10 at %f are as R says', (share, value) => {
    expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share)).toBeCloseTo(value, 10);
  });

  test('of nothing are 0', () => {
    expect([quantile([], 0.5), mean([])]).toEqual([0, 0]);
  });
});

describe('the bootstrap', () => {
  const coins = Array.from({ length: 100 }, (_, at) => at % 2);

  test('puts a mean where the normal distribution puts it', () => {
    const { lower, upper } = bootstrapInterval(coins, mean) ?? { lower: 0, upper: 0 };
    expect(lower).toBeCloseTo(0.402, 1);
    expect(upper).toBeCloseTo(0.598, 1);
  });

  test('gives the same interval for the same seed', () => {
    expect(bootstrapInterval(coins, mean, { seed: 7 })).toEqual(bootstrapInterval(coins, mean, { seed: 7 }));
  });

  test('says nothing of one row', () => {
    expect(bootstrapInterval([1], mean)).toBeNull();
  });
});

describe('reliability', () => {
  const answers = (confidence: number, right: number, of: number): Stated[] =>
    Array.from({ length: of }, (_, at) => ({ confidence, isRight: at < right }));

  test('the error is the distance of confidence and truth, by how many answers there are', () => {
    // 0.75 of the answers are off by 0.1, 0.25 by 0.3.
    const rows = [...answers(0.9, 24, 30), ...answers(0.5, 2, 10)];
    expect(expectedCalibrationError(rows)).toBeCloseTo(0.75 * 0.1 + 0.25 * 0.3, 10);
  });

  test('is without error where the stated confidence holds, and where nothing was answered', () => {
    expect(expectedCalibrationError(answers(0.8, 8, 10))).toBeCloseTo(0, 10);
    expect(expectedCalibrationError([])).toBe(0);
  });

  test('a confidence of 1 belongs to the last bin, and empty bins are left out', () => {
    expect(reliabilityBins([...answers(1, 1, 2), ...answers(0.05, 0, 1)])).toEqual([
      { from: 0, to: 0.1, meanConfidence: 0.05, right: shareOf(0, 1) },
      { from: 0.9, to: 1, meanConfidence: 1, right: shareOf(1, 2) },
    ]);
  });

  test('the error never passes 1', () => {
    const row = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        expect(expectedCalibrationError(rows)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('accuracy by coverage', () => {
  const surely = Array.from({ length: 100 }, (_, at) => ({ confidence: 1 - at / 1_000, isRight: true }));
  const unsurely = Array.from({ length: 100 }, (_, at) => ({ confidence: 0.5 - at / 1_000, isRight: at % 2 === 0 }));

  test('answers of equal confidence come in together', () => {
    const curve = accuracyCoverage(
      [
        { confidence: 0.9, isRight: true },
        { confidence: 0.9, isRight: false },
        { confidence: 0.4, isRight: true },
      ],
      4,
    );
    expect(curve.map(({ coverage, right }) => [coverage, right.agreed])).toEqual([
      [0.5, 1],
      [0.75, 2],
    ]);
  });

  test('the threshold is the lowest confidence down to which the target is shown', () => {
    const curve = accuracyCoverage([...surely, ...unsurely], 200);
    const found = thresholdFor(curve, 0.9, 30);
    expect(found?.coverage).toBeGreaterThan(0.5);
    expect(found?.right.lower).toBeGreaterThanOrEqual(0.9);
    expect(thresholdFor(curve, 0.9, 30)?.coverage).toBeLessThan(0.56);
  });

  test('there is none where the surest answers miss the target, or where there are too few', () => {
    expect(thresholdFor(accuracyCoverage(unsurely, 100), 0.9, 30)).toBeNull();
    expect(thresholdFor(accuracyCoverage(surely.slice(0, 20), 100), 0.8, 30)).toBeNull();
  });
});

test('a confusion counts what was given for what is right, and leaves out fields of many values', () => {
  const pairs = [
    { expected: true, given: true },
    { expected: true, given: false },
    { expected: false, given: false },
  ];
  expect(confusionOf('urgent', pairs)).toEqual({
    field: 'urgent',
    values: ['yes', 'no'],
    counts: [
      [1, 1],
      [0, 1],
    ],
  });
  expect(
    confusionOf(
      'score',
      Array.from({ length: 20 }, (_, at) => ({ expected: at, given: at })),
    ),
  ).toBeNull();
});

describe('two samples', () => {
  const kinds = (a: number, b: number): string[] => [...Array<string>(a).fill('a'), ...Array<string>(b).fill('b')];

  test('the stability index of a mix that moved from 50 to 60 of 100', () => {
    const index = stabilityIndex(countKinds(kinds(5_000, 5_000), kinds(6_000, 4_000)));
    expect(index).toBeCloseTo(0.1 * Math.log(0.6 / 0.5) - 0.1 * Math.log(0.4 / 0.5), 3);
  });

  test('a kind that is new makes the index large and not endless', () => {
    expect(stabilityIndex(countKinds(kinds(100, 0), kinds(50, 50)))).toBeGreaterThan(0.25);
    expect(Number.isFinite(stabilityIndex(countKinds(['a'], ['b'])))).toBe(true);
  });

  test('Kolmogorov and Smirnov see no distance between equals, and all of it between strangers', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [1, 2, 3])).toEqual({ distance: 0, chance: 1 });
    expect(kolmogorovSmirnov([1, 2, 3], [4, 5, 6]).distance).toBe(1);
    expect(kolmogorovSmirnov([], [1]).chance).toBe(1);
  });

  test('a distance of 1.358 over the root of the rows has a chance of 5 %', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => at);
    const { distance, chance } = kolmogorovSmirnov(
      rows,
      rows.map((value) => value + 192),
    );
    expect(distance).toBeCloseTo(0.0192, 6);
    expect(chance).toBeCloseTo(0.05, 2);
  });
});
