import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RoiInput, roiOf } from './roi.ts';

const FIGURES = {
  ...{ casesPerMonth: 1_000, minutesByHand: 12, askedShare: 0.4, minutesPerQuestion: 3, reworkShare: 0.02 },
  ...{ minutesPerRework: 12, usdPerHour: 60, modelUsdPerCase: 0.01, awsUsdPerCase: 0.0005, awsUsdPerMonth: 20 },
  ...{ buildUsd: 15_000, careUsdPerMonth: 500 },
};

function inputOf(figures: Partial<typeof FIGURES> = {}): RoiInput {
  const all = { ...FIGURES, ...figures };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, { value, from: 'test' }]),
  ) as unknown as RoiInput;
}

test('hours saved are those by hand, less what questions and corrections take', () => {
  expect(roiOf(inputOf())).toMatchObject({
    // 1,000 × 12 min, 400 × 3 min, 20 × 12 min.
    ...{ hoursBefore: 200, hoursOfQuestions: 20, hoursOfRework: 4, hoursSaved: 176, savedUsd: 10_560 },
    ...{ modelUsd: 10, awsUsd: 20.5, careUsd: 500 },
  });
});

test('pay-back is what was paid to build it over what a month earns', () => {
  const { netUsd, payBackMonths, firstYearUsd } = roiOf(inputOf());
  expect(netUsd).toBeCloseTo(10_560 - 10 - 20.5 - 500, 6);
  expect(payBackMonths).toBeCloseTo(15_000 / 10_029.5, 6);
  expect(firstYearUsd).toBeCloseTo(12 * 10_029.5 - 15_000, 6);
});

test('what asks a person each time for longer than by hand never pays back', () => {
  expect(roiOf(inputOf({ askedShare: 1, minutesPerQuestion: 13 }))).toMatchObject({
    payBackMonths: null,
    breakEvenCases: null,
  });
});

test('the parts of a case add up to what it costs', () => {
  const { usdPerCase } = roiOf(inputOf());
  expect(usdPerCase).toBeCloseTo((10 + 20.5 + 500 + 24 * 60) / 1_000, 6);
});

test('at the number of cases that breaks even a month earns nothing or just more, and below it loses', () => {
  const figure = { numRuns: 100 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 5_000 }),
      (minutesByHand, careUsdPerMonth) => {
        const { breakEvenCases } = roiOf(inputOf({ minutesByHand, careUsdPerMonth, askedShare: 0 }));
        if (breakEvenCases === null) return;
        const netAt = (casesPerMonth: number): number =>
          roiOf(inputOf({ minutesByHand, careUsdPerMonth, askedShare: 0, casesPerMonth })).netUsd;
        expect(netAt(breakEvenCases)).toBeGreaterThanOrEqual(-1e-6);
        if (breakEvenCases > 1) expect(netAt(breakEvenCases - 1)).toBeLessThan(1e-6);
      },
    ),
    figure,
  );
});

test('no case costs nothing but what is paid by the month', () => {
  expect(roiOf(inputOf({ casesPerMonth: 0 }))).toMatchObject({ netUsd: -520, payBackMonths: null, usdPerCase: 0 });
});
