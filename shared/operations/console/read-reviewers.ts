import type { Workflow } from '../../authoring/index.ts';
import type { Reader } from '../../contracts/index.ts';
import { type ReviewerQuality, reviewerQuality } from '../../domain/reviewer-quality.ts';
import { membershipOf } from '../../domain/team-members.ts';
import type { RecordStore } from '../../ports/index.ts';
import { MOST_REVIEWS } from '../autonomy/warn-reviewers.ts';
import { operation } from '../operation.ts';
import { type FindWorkflow, ifReadable, type Readable, WorkflowRead } from './readable.ts';

export interface ReviewersPorts {
  readonly records: Pick<RecordStore, 'reviews' | 'ofCases'>;
}

/** How people answer the questions of a workflow. */
export const readReviewers = operation({
  name: 'read-reviewers',
  input: WorkflowRead,
  run: (ports: FindWorkflow & ReviewersPorts, asked): Promise<Readable<readonly ReviewerQuality[]>> =>
    ifReadable(ports, asked, (workflow) => reviewersOf(ports, workflow, asked.reader)),
});

/** All of them for the owner; everybody else sees their own figures. */
export async function reviewersOf(
  { records }: ReviewersPorts,
  workflow: Workflow,
  { person: by }: Reader,
): Promise<readonly ReviewerQuality[]> {
  const reviews = await records.reviews({ workflow: workflow.id, limit: MOST_REVIEWS });
  const quality = reviewerQuality(reviews, await records.ofCases(reviews.map(({ caseId }) => caseId)));
  const isOwner = membershipOf(workflow, by) === 'owner';
  return isOwner ? quality : quality.filter(({ person }) => person === by.toLowerCase());
}
