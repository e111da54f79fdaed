import type { DecisionRecord, Review } from '../../shared/contracts/index.ts';
import { VERSION } from './stored-examples.ts';

/** A decision that a person agreed with, in phase shadow. */
export function aRecord(changes: Pick<DecisionRecord, 'caseId'> & Partial<DecisionRecord>): DecisionRecord {
  return {
    ...{ workflow: 'lead-qualification', segment: null, version: VERSION, tier: 'learned', phase: 'shadow' },
    ...{ decidedAtMs: 1_000, standing: 'reviewed', isSure: true, isBlind: false, hasFailed: false },
    agentDecision: { tier: 'hot' },
    personDecision: { tier: 'hot' },
    by: 'sales-lead@remit.example',
    reason: '',
    compared: [{ field: 'tier', agrees: true }],
    signals: [],
    revision: 0,
    ...changes,
  };
}

export function aReview(changes: Pick<Review, 'caseId'> & Partial<Review>): Review {
  return {
    ...{ workflow: 'lead-qualification', requestId: 'r-1', person: 'sales-lead@remit.example', verb: 'approve' },
    ...{ atMs: 1_000, tookMs: 40_000, cardLength: 1_200, isRight: null },
    ...changes,
  };
}
