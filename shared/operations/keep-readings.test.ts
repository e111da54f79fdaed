import { describe, expect, it } from 'vitest';
import { CASE_ID, decidedLead, READABLE } from '../../test/support/lead-case.ts';
import { wholeReadings } from './keep-readings.ts';

const DIRECTORY = 'sandbox.company-directory';
const STACK = ['Shopify', 'x'.repeat(300_000)];
const company = { found: true, employees: 900, industry: 'Retail', country: 'DE', funding: null, techStack: STACK };

describe('a case with a reading larger than a state may be', () => {
  const sources = { ...READABLE, [DIRECTORY]: [{ data: company }] };

  it('is judged by rules that see all of it, and keeps a reference', async () => {
    const { ports, advanced } = await decidedLead({ sources });
    const case_ = await ports.cases.get(CASE_ID);
    expect(case_?.verdict?.reasons.map(({ code }) => code)).toContain('rule:enterprise');
    expect(case_?.readings[0]).toMatchObject({ status: 'complete', data: null, kept: { bytes: expect.any(Number) } });
    expect(JSON.stringify([advanced, case_]).length).toBeLessThan(20_000);
  });

  it('is not judged by what is left of it where the rest is gone', async () => {
    const { ports } = await decidedLead({ sources });
    const readings = (await ports.cases.get(CASE_ID))?.readings ?? [];
    ports.readings.kept.clear();
    await expect(wholeReadings(ports.readings, CASE_ID, readings)).rejects.toThrow('not kept any more');
  });
});
