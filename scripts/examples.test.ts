import { describe, expect, it } from 'vitest';
import { Lead, LeadJudgement } from '../agents/lead-qualification/lead.ts';
import { leadQualification } from '../agents/lead-qualification/workflow.ts';
import type { Example } from '../shared/contracts/index.ts';
import { examplesOf } from '../shared/domain/corrections.ts';
import { EMPTY_LEDGER } from '../shared/domain/ledger.ts';
import { READINGS } from '../test/support/domain-examples.ts';
import { CASE_ID, HOT, LEAD } from '../test/support/lead-case.ts';
import { aCase } from '../test/support/stored-examples.ts';
import { parseExamples } from './build/learned.ts';
import { exampleLine, fetchExamples } from './examples.ts';

function corrected(ref: string): Example {
  const case_ = { ...aCase({ id: CASE_ID, input: LEAD, readings: [...READINGS] }), ledger: EMPTY_LEDGER };
  const after = { ...HOT, companySizeInRange: true, score: 2, tier: 'cold' };
  const [example] = examplesOf(leadQualification, case_, {
    ...{ ref, how: 'overturned', by: 'sales-lead@remit.example', atMs: 1, reason: 'A brochure.', after },
  });
  if (example === undefined) throw new Error('there is no example');
  return example;
}

describe('corrections as lines', () => {
  it('are lines of examples.jsonl that the training reads, with where they are from', () => {
    const lines = ['a', 'b'].map((ref) => exampleLine(corrected(ref)));
    const [example, ...rest] = parseExamples('examples.jsonl', `${lines.join('\n')}\n`);
    expect(rest).toHaveLength(1);
    expect(LeadJudgement.parse(example?.expected)).toEqual(HOT);
    expect(example?.input).toMatchObject({ input: Lead.parse(LEAD) });
    expect(example).toMatchObject({
      id: `case-${CASE_ID}-a`,
      note: 'overturned by sales-lead@remit.example: A brochure.',
      provenance: { caseId: CASE_ID, how: 'overturned' },
    });
  });

  it('are read page by page', async () => {
    const pages: Record<string, unknown> = {
      '/api/workflows/lead-qualification/examples?limit=100': { items: [corrected('a')], cursor: 'next one' },
      '/api/workflows/lead-qualification/examples?limit=100&cursor=next%20one': {
        items: [corrected('b')],
        cursor: null,
      },
    };
    const found = await fetchExamples(async (path) => ({ status: 200, body: pages[path] }), 'lead-qualification');
    expect(found).toEqual([corrected('a'), corrected('b')]);
  });

  it.each([
    [403, { message: 'no' }, 'could not be read: no'],
    [200, { items: [{}], cursor: null }, 'not understood'],
  ])('that cannot be read are a problem in words (%d)', async (status, body, words) => {
    await expect(fetchExamples(async () => ({ status, body }), 'lead-qualification')).rejects.toThrow(words);
  });
});
