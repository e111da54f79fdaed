import type { SecondReview, SpotCheck, SpotDraw } from '../../shared/contracts/index.ts';
import { VERSION } from './stored-examples.ts';

/** Of a day on which forty cases of no segment ended alone, and four of them were drawn. */
export function aDraw(changes: Partial<SpotDraw> = {}): SpotDraw {
  return {
    ...{ workflow: 'lead-qualification', day: '2026-03-02', drawnAtMs: 1_000, seed: 'seed', share: 0.1 },
    strata: [{ segment: 'all', version: VERSION, band: 'sure', cases: 40, drawn: 4, probability: 0.1 }],
    ...changes,
  };
}

/** One of the four, not answered yet. */
export function aCheck(changes: Pick<SpotCheck, 'caseId'> & Partial<SpotCheck>): SpotCheck {
  return {
    ...{ workflow: 'lead-qualification', segment: 'all', version: VERSION, band: 'sure', day: '2026-03-02' },
    ...{ probability: 0.1, drawnAtMs: 1_000, state: 'open', by: null, proof: null, checkedAtMs: null },
    ...{ isRight: null, fields: [], revision: 0 },
    ...changes,
  };
}

/** A review by two people that nobody has given yet. */
export function aSecondReview(changes: Pick<SecondReview, 'caseId'> & Partial<SecondReview>): SecondReview {
  return {
    ...{ workflow: 'lead-qualification', segment: 'all', version: VERSION, openedAtMs: 1_000 },
    ...{ person: 'sales-deputy@remit.example', askedAtMs: null, first: null, second: null, isOver: false },
    revision: 0,
    ...changes,
  };
}
