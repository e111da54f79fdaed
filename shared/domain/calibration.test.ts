import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionRecord } from '../contracts/index.ts';
import { confidenceAt, curveOf, FEWEST_JUDGED, pastOpinions } from './calibration.ts';
import { wilsonInterval } from './wilson.ts';

function said(stated: number, right: number, of: number) {
  return Array.from({ length: of }, (_, at) => ({ stated, agrees: at < right }));
}

describe('what a stated confidence is worth', () => {
  it('is not known before enough decisions were judged', () => {
    expect(confidenceAt(curveOf([]), 0.99)).toBeNull();
    expect(confidenceAt(curveOf(said(0.99, FEWEST_JUDGED - 1, FEWEST_JUDGED - 1)), 0.99)).toBeNull();
    expect(confidenceAt(curveOf(said(0.99, FEWEST_JUDGED, FEWEST_JUDGED)), 0.99)).toBeCloseTo(0.948, 3);
  });

  it('is about half for a model that always says 0.99 and is right half of the time', () => {
    const worth = confidenceAt(curveOf(said(0.99, 100, 200)), 0.99);
    expect(worth).toBeLessThan(0.5);
    expect(worth).toBeGreaterThan(0.44);
  });

  it('rises with what was stated, and is at most what was stated below all that was seen', () => {
    const curve = curveOf([...said(0.6, 30, 60), ...said(0.8, 48, 60), ...said(0.95, 60, 60)]);
    const [low, middle, high] = [0.6, 0.8, 0.95].map((stated) => confidenceAt(curve, stated) ?? 0);
    expect([low, middle, high].map((worth) => worth?.toFixed(2))).toEqual(['0.42', '0.73', '0.97']);
    expect(confidenceAt(curve, 0.1)).toBe(0.1);
    expect(confidenceAt(curve, 1)).toBe(high);
  });

  it('does not fall where the sure ones were right less often than the unsure ones', () => {
    const curve = curveOf([...said(0.6, 50, 50), ...said(0.9, 25, 50)]);
    expect(curve.steps).toHaveLength(1);
    expect(curve.steps[0]).toMatchObject({ from: 0.6, judged: 100, agreed: 75 });
  });

  it('recovers a known curve within its interval', () => {
    // A model that is right in stated² of its cases, each of 40 times.
    const levels = Array.from({ length: 10 }, (_, at) => 0.55 + at * 0.05);
    const past = levels.flatMap((stated) => said(stated, Math.round(40 * stated ** 2), 40));
    const curve = curveOf(past);
    expect(curve.steps.length).toBeGreaterThan(5);
    for (const { from, judged, agreed, confidence } of curve.steps) {
      const { lower, upper } = wilsonInterval(agreed, judged);
      const truth = from ** 2;
      expect(truth).toBeGreaterThanOrEqual(lower);
      expect(truth).toBeLessThanOrEqual(upper);
      expect(confidence).toBeLessThan(truth + 0.02);
      expect(confidence).toBeGreaterThan(truth - 0.15);
    }
  });

  it('never falls, and never says more than the share that agreed above', () => {
    const rows = fc.array(fc.record({ stated: fc.double({ min: 0, max: 1, noNaN: true }), agrees: fc.boolean() }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(rows, (past) => {
        const { steps, judged } = curveOf(past);
        expect(judged).toBe(past.length);
        expect(steps.reduce((sum, step) => sum + step.judged, 0)).toBe(past.length);
        for (const [at, step] of steps.entries()) {
          expect(step.confidence).toBeGreaterThanOrEqual(steps[at - 1]?.confidence ?? 0);
          expect(step.confidence).toBeLessThanOrEqual(step.agreed / step.judged + 1e-9);
        }
      }),
    );
  });
});

describe('what people’s answers say of past opinions', () => {
  const opinions = [
    { tier: 'fast' as const, model: 'haiku', stated: 0.9, judgement: { isFine: true, sum: 10 } },
    { tier: 'smart' as const, model: 'sonnet', stated: 0.7, judgement: { isFine: false, sum: 12 } },
  ];
  const record = (changes: Partial<DecisionRecord>): DecisionRecord =>
    ({ opinions, personDecision: null, compared: [], ...changes }) as DecisionRecord;

  it('is nothing while nobody has said anything, and of a record without opinions', () => {
    expect(pastOpinions([record({})], {})).toEqual([]);
    const { opinions: _none, ...old } = record({ personDecision: { isFine: true } });
    expect(pastOpinions([old as DecisionRecord], {})).toEqual([]);
  });

  it('is field by field for every tier that was asked, within tolerances; what the judgement lacks counts for nobody', () => {
    const person = { isFine: true, sum: 11, tier: 'hot' };
    expect(
      pastOpinions([record({ personDecision: person })], { sum: 1 }).map(({ tier, field, agrees }) => [
        tier,
        field,
        agrees,
      ]),
    ).toEqual([
      ['fast', 'isFine', true],
      ['fast', 'sum', true],
      ['fast', '*', true],
      ['smart', 'isFine', false],
      ['smart', 'sum', true],
      ['smart', '*', false],
    ]);
  });

  it('is that of the decision, for the last tier, where judgement and decision have no field in common', () => {
    const seen = (agentDecision: object, personDecision: object) =>
      pastOpinions([record({ agentDecision, personDecision } as Partial<DecisionRecord>)], {}).map(
        ({ tier, field, agrees }) => [tier, field, agrees],
      );
    expect(seen({ pays: true }, { pays: true })).toEqual([['smart', '*', true]]);
    expect(seen({ pays: true }, { pays: false })).toEqual([['smart', '*', false]]);
  });

  it('is against all of it where a person refused it as a whole', () => {
    const refused = record({ compared: [{ field: '*', agrees: false }] });
    expect(pastOpinions([refused], {}).every(({ agrees }) => !agrees)).toBe(true);
    expect(pastOpinions([refused], {})).toHaveLength(6);
  });
});
