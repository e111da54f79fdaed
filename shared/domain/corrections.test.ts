import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { READINGS } from '../../test/support/domain-examples.ts';
import { CASE_ID, HOT, LEAD } from '../../test/support/lead-case.ts';
import { aCase } from '../../test/support/stored-examples.ts';
import type { Case } from '../contracts/index.ts';
import { examplesOf } from './corrections.ts';
import { EMPTY_LEDGER } from './ledger.ts';

const before = { ...HOT, companySizeInRange: true, score: 9, tier: 'hot' };
const after = { ...before, buyingIntent: 'none', score: 4, tier: 'cold' };
const correction = {
  ...{ ref: 'abcdef0123456789', how: 'overturned' as const, by: 'sales-lead@remit.example', atMs: 7 },
  ...{ reason: 'Only a brochure.', after },
};
const corrected = (changes: Partial<Case> = {}) =>
  examplesOf(
    leadQualification,
    {
      ...aCase({ id: CASE_ID, input: LEAD, decision: before, readings: [...READINGS] }),
      ledger: EMPTY_LEDGER,
      ...changes,
    },
    correction,
  )[0];

describe('a correction', () => {
  it('is an example of what the agents saw, labelled with what they should have judged, and says where it is from', () => {
    expect(corrected()).toEqual({
      ...{ id: `case-${CASE_ID}-abcdef01`, workflow: 'lead-qualification' },
      input: {
        input: LEAD,
        sources: Object.fromEntries(READINGS.map(({ source, data }) => [source, data])),
      },
      expected: { ...HOT, buyingIntent: 'none' },
      note: 'overturned by sales-lead@remit.example: Only a brochure.',
      provenance: {
        ...{ caseId: CASE_ID, ref: 'abcdef0123456789', how: 'overturned', by: 'sales-lead@remit.example', atMs: 7 },
        ...{ reason: 'Only a brochure.', before, after, version: 'w'.repeat(64) },
      },
    });
  });

  it('leaves out what could not be read', () => {
    const [first, ...rest] = READINGS;
    if (first === undefined) throw new Error('there is no reading');
    const example = corrected({ readings: [{ ...first, status: 'failed', data: null }, ...rest] });
    expect(Object.keys(example?.input.sources ?? {})).toEqual(rest.map(({ source }) => source));
  });

  it('of a case whose trigger does not fit teaches nothing', () => {
    expect(corrected({ problems: ['email: no'] })).toBeUndefined();
    expect(corrected({ input: 'text' })).toBeUndefined();
  });
});
