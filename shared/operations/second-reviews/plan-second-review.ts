import type { CaseEvent, PersonRequest, SecondReview } from '../../contracts/index.ts';
import { approversOf } from '../../domain/approval.ts';
import { segmentKey } from '../../domain/phase-changes.ts';
import { isReviewedTwice } from '../../domain/phases.ts';
import { secondReviewerOf } from '../../domain/second-reviews.ts';
import type { CaseWrite, RecordStore } from '../../ports/index.ts';
import type { AskSubject } from '../requests/new-request.ts';

/**
 * The review by two people that a question belongs to: as it is known, or as it begins with the first of both questions.
 * Null for every other question. A question with a known answer looks like it, and none is stored for it.
 * @throws where the second question is put of a review that there is not.
 */
export async function planSecondReview(
  records: RecordStore,
  { workflow, case: case_ }: AskSubject,
  { kind, nowMs }: { readonly kind: PersonRequest['kind']; readonly nowMs: number },
): Promise<{ readonly review: SecondReview; readonly isNew: boolean } | null> {
  if (kind === 'second-review') {
    const known = await records.secondReview(case_.id);
    if (known === null) throw new Error(`Case ${case_.id} is not reviewed twice`);
    return { review: known, isNew: false };
  }
  if (kind !== 'review-decision' || case_.decision === null || !isReviewedTwice(workflow, case_.id)) return null;
  const { id: caseId, input, requestedBy, segment, versions } = case_;
  const asked = approversOf({ team: workflow.team, definition: null, amount: null, input, requestedBy });
  const person = secondReviewerOf(workflow, { caseId, asked, requestedBy });
  if (person === null) return null;
  const [known, seed] = await Promise.all([records.secondReview(caseId), records.seed(caseId)]);
  if (known !== null) return { review: known, isNew: false };
  const review: SecondReview = {
    ...{ caseId, workflow: workflow.id, segment: segmentKey(segment), version: versions.workflow, openedAtMs: nowMs },
    ...{ person, askedAtMs: null, first: null, second: null, isOver: false, revision: 0 },
  };
  return { review, isNew: seed === null };
}

/** What is put on record with the question itself. */
export function secondReviewWrite(
  planned: Awaited<ReturnType<typeof planSecondReview>>,
  { id: requestId, kind, openedAtMs }: PersonRequest,
): { readonly events: readonly CaseEvent[]; readonly write: Pick<CaseWrite, 'secondReview'> } {
  if (planned === null) return { events: [], write: {} };
  const { review, isNew } = planned;
  if (kind === 'second-review') {
    const asked = { ...review, askedAtMs: openedAtMs, revision: review.revision + 1 };
    return { events: [], write: { secondReview: { review: asked, from: review.revision } } };
  }
  if (!isNew) return { events: [], write: {} };
  const event = { type: 'second-review-planned' as const, requestId, person: review.person };
  return { events: [event], write: { secondReview: { review, from: null } } };
}
