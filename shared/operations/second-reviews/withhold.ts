import type { Workflow } from '../../authoring/index.ts';
import type { Case, PersonRequest } from '../../contracts/index.ts';
import { isReviewedBlind, isReviewedTwice } from '../../domain/phases.ts';
import { isSecondAwaited } from '../../domain/second-reviews.ts';
import type { RecordStore } from '../../ports/index.ts';

/**
 * Whether somebody still has to review a case on their own: until then nobody of the team is shown what was decided, by
 * the agents or by others, wherever they look. Whoever might answer, also for somebody who is away, could be led by it.
 */
export async function isWithheld(records: RecordStore, workflow: Workflow, case_: Case): Promise<boolean> {
  const { id, state, verdict } = case_;
  if (state !== 'closed' && verdict?.kind === 'review' && isReviewedBlind(workflow, id)) return true;
  // Its verdict is another one once the first review is given.
  if (!isReviewedTwice(workflow, id)) return false;
  const review = await records.secondReview(id);
  return review !== null && isSecondAwaited(review);
}

/** The case without what was decided, how sure, by whom and why. What it is about and what sources said stays. */
export function withoutDecision({ origins: _origins, ...case_ }: Case): Case {
  const unsaid = { decision: null, confidence: null, decidedBy: null, verdict: null, segment: null, notes: [] };
  return { ...case_, ...unsaid };
}

/** The question without what it shows of the decision, and without answers. */
export function withoutAnswer(request: PersonRequest): PersonRequest {
  return { ...request, draft: {}, reasons: [], answer: null, votes: [], earlier: null };
}
