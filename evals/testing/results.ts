import type { CaseResult } from '../run/result.ts';

/** A result as a test wants it; what it does not say is that of a case decided alone and rightly. */
export function resultThat(said: Partial<CaseResult> = {}): CaseResult {
  return {
    ...{ id: 'a', digest: 'd', fold: 0, status: 'answered', by: 'desk (learned)', model: 'learned:desk' },
    ...{ judgement: { queue: 'billing' }, decision: { queue: 'billing' } },
    ...{ expected: { queue: 'billing' }, expectedDecision: { queue: 'billing' }, confidence: 0.9 },
    fields: [{ field: 'queue', confidence: 0.9, threshold: 0.8, because: [] }],
    ...{ wrongFields: [], wrongJudged: [], isRight: true, isAlone: true, reasons: [], tiers: ['autonomous'] },
    ...{ sameActions: true, segment: null, because: [], attempts: [], costUsd: 0.001, tookMs: 1_000 },
    ...said,
  };
}

/** Decided alone, and wrong. */
export function wrongAlone(said: Partial<CaseResult> = {}): CaseResult {
  const wrong = { judgement: { queue: 'access' }, decision: { queue: 'access' }, wrongFields: ['queue'] };
  return resultThat({ ...wrong, wrongJudged: ['queue'], isRight: false, sameActions: false, ...said });
}

/** So many of them, each with an id of its own. */
export function many(count: number, make: (said: Partial<CaseResult>) => CaseResult, prefix = 'case'): CaseResult[] {
  return Array.from({ length: count }, (_, at) => make({ id: `${prefix}-${at + 1}` }));
}
