import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type DrawRules, drawCases } from './draw.ts';

const candidate = (at: number, changes: Partial<Candidate> = {}): Candidate => ({
  ...{ caseId: `case-${at}`, segment: 'all', version: 'v1', confidence: 0.99, minimumConfidence: 0.8 },
  ...changes,
});
const rules = (changes: Partial<DrawRules> = {}): DrawRules => ({
  ...{ share: 0.1, most: 40, seed: 'a seed', checked: () => 100 },
  ...changes,
});
const cases = (count: number, changes: Partial<Candidate> = {}, from = 0): Candidate[] =>
  Array.from({ length: count }, (_, at) => candidate(from + at, changes));

/** A day as it may come: three segments, sure and unsure. */
const day = fc
  .array(
    fc.record({ segment: fc.constantFrom('all', 'small', 'large'), confidence: fc.double({ min: 0.8, max: 1 }) }),
    {
      minLength: 1,
      maxLength: 120,
    },
  )
  .map((made) =>
    made.map((one, at) => candidate(at, { ...one, confidence: Number.isNaN(one.confidence) ? 1 : one.confidence })),
  );
const share = fc.double({ min: 0.01, max: 1, noNaN: true });

describe('a draw', () => {
  it('takes one in ten of cases that are alike, each as likely as any other', () => {
    const drawn = drawCases(cases(40), rules());
    expect(drawn.strata).toEqual([
      { segment: 'all', version: 'v1', band: 'sure', cases: 40, drawn: 4, probability: 0.1 },
    ]);
    expect(new Set(drawn.cases.map(({ caseId }) => caseId)).size).toBe(4);
  });

  it('takes more of what the agents were less sure of, and fewer of the rest for it', () => {
    const drawn = drawCases([...cases(90), ...cases(10, { confidence: 0.85 }, 90)], rules());
    const [sure, unsure] = drawn.strata;
    expect(sure).toMatchObject({ band: 'sure', cases: 90 });
    expect(sure?.probability).toBeCloseTo(10 / 120, 10);
    expect(unsure).toMatchObject({ band: 'unsure', cases: 10 });
    expect(unsure?.probability).toBeCloseTo(30 / 120, 10);
  });

  it('takes more of a segment of which little was checked', () => {
    const drawn = drawCases([...cases(50), ...cases(50, { segment: 'fresh' }, 50)], {
      ...rules(),
      checked: (segment) => (segment === 'fresh' ? 29 : 30),
    });
    expect(drawn.strata.map(({ segment, band }) => [segment, band])).toEqual([
      ['all', 'sure'],
      ['fresh', 'new'],
    ]);
    expect(drawn.strata[1]?.probability).toBeCloseTo(2 * (drawn.strata[0]?.probability ?? 0), 10);
  });

  it('is certain where more would be, and the others get what is left', () => {
    const { strata } = drawCases([...cases(10), ...cases(10, { confidence: 0.81 }, 10)], rules({ share: 0.9 }));
    expect(strata.map(({ probability }) => probability)).toEqual([0.8, 1]);
  });

  it('never takes more than people can look at, and says by what probability', () => {
    const { strata, cases: drawn } = drawCases(cases(1_000), rules());
    expect(drawn).toHaveLength(40);
    expect(strata[0]?.probability).toBeCloseTo(0.04, 10);
  });

  it('draws nothing of nothing, and nothing by a share of nothing', () => {
    expect(drawCases([], rules())).toEqual({ strata: [], cases: [] });
    expect(drawCases(cases(5), rules({ share: 0 }))).toEqual({ strata: [], cases: [] });
  });

  it('is the same for the same seed, whatever the order of the cases, and no case is drawn twice', () => {
    fc.assert(
      fc.property(day, share, fc.string(), (made, of, seed) => {
        const drawn = drawCases(made, rules({ share: of, seed }));
        expect(drawCases(made.toReversed(), rules({ share: of, seed }))).toEqual(drawn);
        expect(new Set(drawn.cases.map(({ caseId }) => caseId)).size).toBe(drawn.cases.length);
      }),
    );
  });

  it('is off by less than one case from its share, and every probability is known', () => {
    fc.assert(
      fc.property(day, share, fc.string(), (made, of, seed) => {
        const wanted = Math.min(of * made.length, 40);
        const { strata, cases: drawn } = drawCases(made, rules({ share: of, seed }));
        expect(Math.abs(drawn.length - wanted)).toBeLessThan(1);
        expect(strata.reduce((sum, one) => sum + one.cases * one.probability, 0)).toBeCloseTo(wanted, 6);
        for (const { probability } of strata) expect(probability > 0 && probability <= 1).toBe(true);
        for (const { cases: all, drawn: taken, probability } of strata)
          expect(Math.abs(taken - all * probability)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('draws each case as often as it says, over many seeds', () => {
    const made = [...cases(7), ...cases(3, { confidence: 0.82 }, 7), ...cases(5, { segment: 'small' }, 10)];
    const seeds = 4_000;
    const often = new Map<string, number>();
    let stated = new Map<string, number>();
    for (let seed = 0; seed < seeds; seed += 1) {
      const { strata, cases: drawn } = drawCases(made, rules({ seed: `seed ${seed}`, share: 0.2 }));
      for (const { caseId } of drawn) often.set(caseId, (often.get(caseId) ?? 0) + 1);
      stated = new Map(strata.map(({ segment, band, probability }) => [`${segment}/${band}`, probability]));
    }
    for (const { caseId, segment, confidence } of made) {
      const probability = stated.get(`${segment}/${confidence < 0.9 ? 'unsure' : 'sure'}`) ?? 0;
      const deviation = Math.sqrt((probability * (1 - probability)) / seeds);
      expect(Math.abs((often.get(caseId) ?? 0) / seeds - probability)).toBeLessThan(5 * deviation);
    }
  });
});
