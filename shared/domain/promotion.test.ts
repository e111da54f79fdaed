import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { VERSION } from '../../test/support/stored-examples.ts';
import { aRecord } from '../../test/support/stored-records.ts';
import type { DecisionRecord } from '../contracts/index.ts';
import { shareOf } from './agreement.ts';
import { gatesMissed } from './gates.ts';
import { promotionDue, type SegmentRecord } from './promotion.ts';

const GATES = { agreement: 0.85, minimumDecisions: 20, errors: 0.05, tolerances: {} };
const none = { blind: shareOf(0, 0), failed: { failed: 0, of: 0 } };

const record = (agrees: boolean, changes: Partial<DecisionRecord> = {}) =>
  aRecord({ caseId: CASE_ID, compared: [{ field: 'tier', agrees }], ...changes });
const records = (right: number, wrong: number) => [
  ...Array.from({ length: wrong }, () => record(false, { reason: 'Wrong tier.' })),
  ...Array.from({ length: right }, () => record(true)),
];

function segment(changes: Partial<SegmentRecord> = {}): SegmentRecord {
  return {
    ...{ segment: null, phase: 'shadow', version: VERSION, sinceMs: 0, coolDownUntilMs: 0, records: records(197, 3) },
    ...changes,
  };
}

describe('a gate of 85 %', () => {
  it.each([
    [90, 100, false],
    [184, 200, true],
    [20, 20, false],
    [22, 22, true],
  ])('with %i of %i in agreement: passed is %s', (agreed, of, isPassed) => {
    expect(gatesMissed({ agreement: shareOf(agreed, of), ...none }, GATES).length === 0).toBe(isPassed);
  });

  it.each([
    ['too few decisions', { agreement: shareOf(19, 19) }],
    ['too many failures', { failed: { failed: 6, of: 100 } }],
    ['people who had not seen the decision disagree', { blind: shareOf(10, 20) }],
    ['figures that are none', { failed: { failed: Number.NaN, of: 10 } }],
  ])('is missed with %s', (_why, changes) => {
    expect(gatesMissed({ agreement: shareOf(184, 200), ...none, ...changes }, GATES)).not.toEqual([]);
  });

  it('is never passed with a worse record than one that misses it', () => {
    const passes = (agreed: number, of: number) =>
      gatesMissed({ agreement: shareOf(agreed, of), ...none }, GATES).length === 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }), (right, wrong) => {
        if (!passes(right, right + wrong)) expect(passes(right - 1, right + wrong)).toBe(false);
      }),
    );
  });
});

describe('a promotion', () => {
  it('shows the newest evaluation of its version and segment, where there is one', () => {
    const measured = (agreed: number, changes: object = {}) => ({
      ...{
        version: VERSION,
        segment: 'all',
        decisions: 131,
        agreed,
        failed: 0,
        evaluatedAtMs: 1,
        report: 'report.html',
      },
      ...changes,
    });
    const evaluations = [
      measured(120),
      measured(130),
      measured(9, { version: 'older' }),
      measured(8, { segment: 'x' }),
    ];
    const evaluationOf = (changes: Partial<SegmentRecord>) =>
      promotionDue(segment(changes), leadQualification, 0)?.evaluation;
    expect(evaluationOf({ evaluations })).toEqual({
      ...{
        agreed: 130,
        of: 131,
        lowerPercent: 95.8,
        upperPercent: 99.9,
        failed: 0,
        report: 'report.html',
        reportDigest: '',
      },
    });
    expect(evaluationOf({})).toBeNull();
  });

  it('is proposed by one step, with the figures, the gates and every disagreement', () => {
    const due = promotionDue(segment(), leadQualification, 0);
    expect(due).toMatchObject({
      ...{ segment: 'all', from: 'shadow', to: 'partial', version: VERSION },
      agreement: { agreed: 197, of: 200, lowerPercent: 95.7, upperPercent: 99.5 },
      gates: { agreementPercent: 95, minimumDecisions: 30 },
    });
    expect(due?.disagreements).toHaveLength(3);
    expect(due?.disagreements[0]).toEqual({
      ...{ caseId: CASE_ID, fields: ['tier'], by: 'sales-lead@remit.example', reason: 'Wrong tier.' },
    });
    expect(promotionDue(segment({ phase: 'partial' }), leadQualification, 0)?.to).toBe('full');
  });

  it.each<[string, Partial<SegmentRecord>]>([
    ['in the cool-down', { coolDownUntilMs: 1_001 }],
    ['above the last phase', { phase: 'full' }],
    ['by a record of 184 of 200', { records: records(184, 16) }],
    ['by decisions of another version', { version: 'another' }],
    ['by decisions from before the phase', { sinceMs: 1_001 }],
    [
      'by decisions about which the agent asked itself',
      { records: records(197, 3).map((one) => ({ ...one, isSure: false })) },
    ],
    ['where too many failed', { records: records(197, 3).map((one, at) => ({ ...one, hasFailed: at % 10 === 0 })) }],
  ])('is not proposed %s', (_why, changes) => {
    expect(promotionDue(segment(changes), leadQualification, 1_000)).toBeNull();
  });

  it('is proposed once the cool-down is over', () => {
    expect(promotionDue(segment({ coolDownUntilMs: 1_000 }), leadQualification, 1_000)).not.toBeNull();
  });
});
