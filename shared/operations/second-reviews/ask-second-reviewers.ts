import type { Workflow } from '../../authoring/index.ts';
import type { Clock, Executions, RecordStore } from '../../ports/index.ts';

export interface AskSecondPorts {
  readonly records: RecordStore;
  /** Of the machine `ask`. */
  readonly askExecutions: Executions;
  readonly clock: Clock;
}

/** Newest reviews that are looked at for figures and for questions that are still to be put. */
export const MOST_SECOND_REVIEWS = 300;

/** Later than this a review is no more of use. */
const LONGEST_MS = 7 * 86_400_000;

/** Puts the second question of each review that two people are asked for; one that is put already is not put again. */
export async function askSecondReviewers(
  { records, askExecutions, clock }: AskSecondPorts,
  { id, rollout }: Workflow,
): Promise<void> {
  if (rollout.secondReviewShare === 0) return;
  const reviews = await records.secondReviews({ workflow: id, limit: MOST_SECOND_REVIEWS });
  const sinceMs = clock.nowMs() - LONGEST_MS;
  for (const { caseId } of reviews.filter((one) => one.askedAtMs === null && one.openedAtMs >= sinceMs)) {
    const input = { caseId, kind: 'second-review', actionId: null, problem: null };
    await askExecutions.start(`${caseId}-second-review`, input);
  }
}
