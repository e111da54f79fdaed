import {
  type JsonObject,
  type PersonRequest,
  PromotionEvidence,
  type TurnResult,
  type VoteCount,
} from '../contracts/index.ts';
import { titlesIn } from '../domain/field-titles.ts';
import { isGovernance } from '../domain/governance-case.ts';
import { type RequestView, requestView } from '../pages/request-view.ts';
import { keptForm } from './editable-schema.ts';
import type { AskSubject } from './requests/new-request.ts';

/** What one person is shown of a request. */
export function viewOf(
  asked: AskSubject & { request: PersonRequest; turns?: readonly TurnResult[]; votes?: VoteCount | null },
  person: string,
  nowMs: number,
  { onBehalfOf = null }: { readonly onBehalfOf?: string | null } = {},
): RequestView {
  const { workflow, case: case_, action, request, turns, votes = null } = asked;
  const isReadable = case_.problems.length === 0 && !isGovernance(case_);
  return requestView({
    request,
    case: case_,
    action,
    workflow: {
      title: workflow.title,
      team: workflow.team.name,
      subject: isReadable ? workflow.subject(case_.input as JsonObject) : '',
      labels: { ...titlesIn(isGovernance(case_) ? PromotionEvidence : workflow.decision), ...workflow.labels },
      agents: Object.fromEntries(workflow.agents.map(({ id, title }) => [id, title])),
    },
    sourceTitles: Object.fromEntries(Object.entries(workflow.sources).map(([id, { title }]) => [id, title])),
    argumentsSchema: keptForm(request),
    ...(turns === undefined ? {} : { turns }),
    votes,
    nowMs,
    person,
    onBehalfOf,
  });
}
