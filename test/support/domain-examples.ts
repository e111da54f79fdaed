import type { Reading, TurnResult } from '../../shared/contracts/index.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';
import { HOT } from './lead-case.ts';

export function aReading(source: string, data: Reading['data'], changes: Partial<Reading> = {}): Reading {
  return { source, status: 'complete', readAtMs: 1, tookMs: 1, data, problems: [], ...changes };
}

/** All sources of the lead workflow, complete. */
export const READINGS: readonly Reading[] = [
  aReading('company-directory', {
    ...{ found: true, employees: 120, industry: 'Retail', country: 'DE', funding: null, techStack: [] },
  }),
  aReading('crm-history', { stage: 'none', contactedBefore: false, lastContactDays: null }),
  aReading('professional-profile', { found: true, jobFunction: null, seniority: null, headline: null }),
];

/** A confident answer of the lead qualifier. */
export function aTurn(changes: Partial<TurnResult> = {}): TurnResult {
  return {
    agent: 'qualifier',
    status: 'answered',
    tier: 'scripted',
    model: 'script',
    judgement: HOT,
    confidence: 0.95,
    fields: [],
    reasons: [],
    doubts: [],
    readings: [...READINGS],
    usage: NO_USAGE,
    startedAtMs: 1,
    tookMs: 1,
    ...{ cites: null, attempts: [], cap: null },
    ...changes,
  };
}
