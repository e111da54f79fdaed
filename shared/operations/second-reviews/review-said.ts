import type { Answer, CaseEvent, DecisionRecord, JsonObject, ReviewSaid } from '../../contracts/index.ts';
import { compareDecisions, tolerancesOf } from '../../domain/agreement.ts';
import { isReviewedTwice } from '../../domain/phases.ts';
import { hasGivenOther } from '../../domain/second-reviews.ts';
import type { CaseWrite, RecordStore } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';

interface Said {
  readonly events: readonly CaseEvent[];
  readonly write: Pick<CaseWrite, 'secondReview'>;
}

/** What one of two reviewers says, for the write that takes it; null where only one is asked. */
export async function reviewSaid(
  records: RecordStore,
  loaded: LoadedRequest,
  answer: Answer,
  { agentDecision }: DecisionRecord,
): Promise<Said | null> {
  if (!isOfTwo(loaded)) return null;
  const review = await records.secondReview(loaded.case.id);
  if (review === null) return null;
  const { request } = loaded;
  const said = saidOf(loaded, answer, agentDecision);
  const isSecond = request.kind === 'second-review';
  const after = { ...review, [isSecond ? 'second' : 'first']: said, revision: review.revision + 1 };
  const { by, proof, agrees } = said;
  const given = { type: 'second-review-given' as const, requestId: request.id, by, proof, agrees };
  return { events: isSecond ? [given] : [], write: { secondReview: { review: after, from: review.revision } } };
}

/** Nobody gave the second review in time. */
export async function secondReviewOver(records: RecordStore, caseId: string): Promise<Pick<Said, 'write'> | null> {
  const review = await records.secondReview(caseId);
  if (review === null) return null;
  const { revision } = review;
  return { write: { secondReview: { review: { ...review, isOver: true, revision: revision + 1 }, from: revision } } };
}

/** Who has given one of two independent reviews gives not the other one, for whomever they stand in. Null for nothing. */
export async function problemWithSecond(
  records: RecordStore,
  loaded: LoadedRequest,
  by: string,
): Promise<string | null> {
  if (!isOfTwo(loaded)) return null;
  const review = await records.secondReview(loaded.case.id);
  const isBoth = review !== null && hasGivenOther(review, loaded.request.kind, by);
  return isBoth ? 'You have reviewed this case already, and two people are asked for it, each on their own.' : null;
}

function isOfTwo({ request, workflow }: LoadedRequest): boolean {
  if (request.kind === 'second-review') return true;
  return request.kind === 'review-decision' && isReviewedTwice(workflow, request.caseId);
}

function saidOf({ workflow }: LoadedRequest, answer: Answer, agents: JsonObject | null): ReviewSaid {
  const { verb, edits, by, proof, atMs } = answer;
  const decision = verb === 'edit' ? edits : verb === 'approve' ? agents : null;
  const isSame =
    decision !== null &&
    agents !== null &&
    compareDecisions(agents, decision, tolerancesOf(workflow)).every(({ agrees }) => agrees);
  return { by, proof, atMs, agrees: isSame, decision };
}
