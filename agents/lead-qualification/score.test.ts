import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadJudgement } from './lead.ts';
import { isSizeInRange, leadScore, leadTier } from './score.ts';

const NOTHING: LeadJudgement = {
  ...{ hasBuyingAuthority: false, usesIntegratedStack: false, buyingIntent: 'curious' },
  ...{ mentionsCompetitor: false, mentionsUrgency: false },
};
const ALL: LeadJudgement = { ...NOTHING, hasBuyingAuthority: true, usesIntegratedStack: true, buyingIntent: 'ready' };

const judgements = fc.record<LeadJudgement>({
  hasBuyingAuthority: fc.boolean(),
  usesIntegratedStack: fc.boolean(),
  buyingIntent: fc.constantFrom('none', 'curious', 'evaluating', 'ready'),
  mentionsCompetitor: fc.boolean(),
  mentionsUrgency: fc.boolean(),
});

describe('the score of a lead', () => {
  it.each([
    [null, 0],
    [0, 0],
    [19, 0],
    [20, 1],
    [49, 1],
    [50, 3],
    [500, 3],
    [501, 1],
    [1_000, 1],
    [1_001, 0],
  ])('counts %s employees as %i', (employees, points) => {
    expect(leadScore(NOTHING, employees)).toBe(points);
    expect(isSizeInRange(employees)).toBe(points === 3);
  });

  it.each<[string, Partial<LeadJudgement>, number]>([
    ['authority', { hasBuyingAuthority: true }, 3],
    ['a stack that we integrate with', { usesIntegratedStack: true }, 2],
    ['evaluating', { buyingIntent: 'evaluating' }, 1],
    ['being ready', { buyingIntent: 'ready' }, 2],
    ['a competitor', { mentionsCompetitor: true }, 0],
    ['urgency', { mentionsUrgency: true }, 0],
  ])('counts %s', (_what, change, points) => {
    expect(leadScore({ ...NOTHING, ...change }, null)).toBe(points);
  });

  it('keeps a lead without interest cold, however well the rest fits', () => {
    expect(leadScore({ ...ALL, buyingIntent: 'none' }, 100)).toBe(3);
    expect(leadTier(3)).toBe('cold');
  });

  it('is a whole number from 0 to 10, and never falls for more that speaks for a lead', () => {
    fc.assert(
      fc.property(judgements, fc.option(fc.nat(5_000)), (judgement, employees) => {
        const score = leadScore(judgement, employees);
        expect(Number.isInteger(score) && score >= 0 && score <= 10).toBe(true);
        expect(leadScore({ ...judgement, hasBuyingAuthority: true }, employees)).toBeGreaterThanOrEqual(score);
        expect(leadScore({ ...judgement, buyingIntent: 'ready' }, employees)).toBeGreaterThanOrEqual(score);
        expect(leadScore(ALL, 100)).toBe(10);
      }),
    );
  });

  it.each([
    [0, 'cold'],
    [3, 'cold'],
    [4, 'warm'],
    [6, 'warm'],
    [7, 'hot'],
    [10, 'hot'],
  ])('of %i is %s', (score, tier) => {
    expect(leadTier(score)).toBe(tier);
  });
});
