import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCases } from './draw.ts';
import { type CheckedStratum, estimateAccuracy } from './estimate.ts';

const checks = (right: number, wrong: number, probability: number): CheckedStratum['checks'] => [
  ...Array.from({ length: right }, () => ({ probability, isRight: true })),
  ...Array.from({ length: wrong }, () => ({ probability, isRight: false })),
];

describe('the accuracy of what was done alone', () => {
  it('is the plain share with the Wilson interval where all were equally likely: 90 of 100 is 82.6 to 94.5 %', () => {
    const { share, lower, upper, effective } = estimateAccuracy([{ cases: 1_000, checks: checks(90, 10, 0.1) }]);
    expect([share, lower, upper].map((value) => Number((value ?? 0).toFixed(3)))).toEqual([0.9, 0.826, 0.945]);
    expect(effective).toBeCloseTo(100, 6);
  });

  it('weighs a stratum by its cases, and not by how many of it were checked', () => {
    const { share } = estimateAccuracy([
      { cases: 900, checks: checks(30, 0, 30 / 900) },
      { cases: 100, checks: checks(15, 15, 0.3) },
    ]);
    expect(share).toBeCloseTo(0.95, 10);
  });

  it('is worth as much as Kish’s figure says: weights of 1 and 3, half of each, cost a fifth', () => {
    const all = [...checks(10, 0, 1), ...checks(10, 0, 1 / 3)];
    expect(estimateAccuracy([{ cases: 40, checks: all }]).effective).toBeCloseTo(16, 10);
  });

  it('says nothing where nothing was checked, and leaves a stratum out of which nothing was', () => {
    expect(estimateAccuracy([])).toEqual({ share: null, lower: 0, upper: 1, effective: 0 });
    expect(estimateAccuracy([{ cases: 9, checks: [] }])).toMatchObject({ share: null, upper: 1 });
    const one = { cases: 10, checks: checks(4, 1, 0.5) };
    expect(estimateAccuracy([one, { cases: 90, checks: [] }])).toEqual(estimateAccuracy([one]));
  });

  it('is on average exactly the true share, over every sample that there is', () => {
    const strata = [
      { all: [true, true, true, false], taken: 2 },
      { all: [true, false, false], taken: 1 },
    ];
    const samples = strata.map(({ all, taken }) =>
      subsets(all, taken).map((sample) => ({
        cases: all.length,
        checks: sample.map((isRight) => ({ isRight, probability: taken / all.length })),
      })),
    );
    const [first = [], second = []] = samples;
    const estimates = first.flatMap((a) => second.map((b) => estimateAccuracy([a, b]).share ?? 0));
    expect(estimates).toHaveLength(18);
    expect(estimates.reduce((sum, one) => sum + one, 0) / 18).toBeCloseTo(4 / 7, 12);
  });

  it('has its share within its interval, and more checks of the same kind make it no wider', () => {
    const stratum = fc.record({
      right: fc.nat(20),
      wrong: fc.nat(20),
      probability: fc.double({ min: 0.05, max: 1, noNaN: true }),
      more: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 4 }), (strata) => {
        const times = (factor: number) =>
          estimateAccuracy(
            strata.map(({ right, wrong, probability, more }) => ({
              cases: right + wrong + more + 1,
              checks: checks(right * factor, wrong * factor, probability),
            })),
          );
        const [once, twice] = [times(1), times(2)];
        if (once.share === null) return;
        expect(once.lower).toBeLessThanOrEqual(once.share + 1e-9);
        expect(once.upper).toBeGreaterThanOrEqual(once.share - 1e-9);
        expect(once.effective).toBeLessThanOrEqual(
          strata.reduce((sum, { right, wrong }) => sum + right + wrong, 0) + 1e-9,
        );
        expect(twice.share).toBeCloseTo(once.share, 9);
        expect(twice.upper - twice.lower).toBeLessThanOrEqual(once.upper - once.lower + 1e-9);
      }),
    );
  });

  it('holds the true share in about 95 of 100 draws, where the plain share of those drawn does not', () => {
    // given: one in fifty of 1,800 sure ones is wrong, three in ten of 200 unsure ones
    const population = Array.from({ length: 2_000 }, (_, at) => ({
      ...{ caseId: `case-${at}`, segment: 'all', version: 'v1', minimumConfidence: 0.8 },
      confidence: at < 1_800 ? 0.99 : 0.82,
      isRight: at < 1_800 ? at % 50 !== 0 : at % 10 >= 3,
    }));
    const truth = population.filter(({ isRight }) => isRight).length / population.length;
    const rightOf = new Map(population.map(({ caseId, isRight }) => [caseId, isRight]));
    // when
    const draws = Array.from({ length: 400 }, (_, seed) => {
      const { strata, cases } = drawCases(population, { share: 0.06, most: 120, seed: `${seed}`, checked: () => 99 });
      const isRight = (caseId: string): boolean => rightOf.get(caseId) === true;
      const plain = cases.filter(({ caseId }) => isRight(caseId)).length / cases.length;
      const estimate = estimateAccuracy(
        strata.map(({ band, cases: all }) => ({
          cases: all,
          checks: cases
            .filter((one) => one.band === band)
            .map(({ caseId, probability }) => ({ probability, isRight: isRight(caseId) })),
        })),
      );
      return { plain, ...estimate };
    });
    // then
    const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
    const held = draws.filter(({ lower, upper }) => lower <= truth && truth <= upper).length / draws.length;
    expect(held).toBeGreaterThan(0.93);
    expect(mean(draws.map(({ share }) => share ?? 0))).toBeCloseTo(truth, 2);
    expect(truth - mean(draws.map(({ plain }) => plain))).toBeGreaterThan(0.03);
  });
});

function subsets<T>(all: readonly T[], size: number): (readonly T[])[] {
  if (size === 0) return [[]];
  return all.flatMap((one, at) => subsets(all.slice(at + 1), size - 1).map((rest) => [one, ...rest]));
}
