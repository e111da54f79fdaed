import type { Workflow } from '../../authoring/index.ts';
import type { Action, Answer, Case, JsonObject, PersonRequest } from '../../contracts/index.ts';
import { MOST_HAND_BACKS, mayHandBack } from '../../domain/case-limits.ts';
import { factsOf } from '../../domain/facts-of.ts';
import { parseDecision } from '../../domain/parse-decision.ts';
import { type Plan, planActions } from '../../domain/plan-actions.ts';
import type { Advance } from '../step-contracts.ts';
import { phaseFor } from './agents-round.ts';
import { endedBy, planContext, type Round } from './round.ts';

/** Judges what a person said of a case. */
export function personRound(
  workflow: Workflow,
  advance: Advance,
  { request, case: case_, known }: { request: PersonRequest; case: Case; known: readonly Action[] },
): Round {
  const { answer } = request;
  const by = answer?.by ?? 'nobody';
  if (answer === null) return endedBy(by, 'expired', 'Nobody answered in time; the safe default is to do nothing.');
  if (request.kind === 'review-decision') {
    return endedBy(by, 'reviewed', 'A person reviewed the decision; nothing is done in shadow.');
  }
  switch (answer.verb) {
    case 'reject':
      return endedBy(by, 'refused', `Refused: ${answer.reason}`);
    case 'take-over':
      return endedBy(by, 'left-to-person', `Taken over by a person: ${answer.reason}`);
    case 'respond':
      return mayHandBack(advance.pinned.notes) ? handedBack(request, answer) : askedAgain(answer);
    case 'approve':
      return decidedBy(workflow, advance, request.draft, { by, case: case_, known });
    case 'edit':
      return decidedBy(workflow, advance, answer.edits ?? {}, { by, case: case_, known });
  }
}

/** The person's words become a fact, and the agents try again. */
function handedBack({ id: requestId }: PersonRequest, { by, atMs, reason: text }: Answer): Round {
  return {
    ...endedBy(by, 'nothing-to-do', `${by} told the agents more; they try again.`),
    next: 'agents',
    outcome: null,
    verdict: { kind: 'ask', reasons: [{ code: 'handed-back', text: `${by} told the agents more; they try again.` }] },
    note: { by, atMs, text, requestId },
  };
}

/** The agents have been told enough; the person's words stay on record with the answer. */
function askedAgain({ by }: Answer): Round {
  const text = `The agents have been told more ${MOST_HAND_BACKS} times and came to no end: a person decides.`;
  return {
    ...endedBy(by, 'left-to-person', text),
    ...{ next: 'ask', outcome: null, verdict: { kind: 'ask', reasons: [{ code: 'cap:hand-backs', text }] } },
  };
}

/** What a person decided, with the actions that follow from it by tiers and phase. */
export function decidedBy(
  workflow: Workflow,
  advance: Advance,
  value: JsonObject,
  { by, case: case_, known }: { by: string; case: Case; known: readonly Action[] },
): Round {
  const { decision, problems } = parseDecision(workflow, value);
  if (decision === null) return endedBy(by, 'left-to-person', problems.join(' '));
  const { readings } = case_;
  const facts = factsOf(workflow, advance.pinned.input as JsonObject, readings);
  const { segment, phase } = phaseFor(workflow, advance, decision, facts);
  if (phase === 'shadow') {
    const text = 'Decided by a person, in a segment that is in shadow: nothing is done here.';
    return { ...endedBy(by, 'reviewed', text), decision, segment, phase };
  }
  const plan =
    advance.pinned.problems.length > 0
      ? unfit
      : planActions(planContext(workflow, advance, { phase, readings, known }), decision, facts);
  if (!plan.ok) return { ...endedBy(by, 'left-to-person', plan.problems.join(' ')), decision };
  const isEmpty = plan.actions.length === 0;
  return {
    next: isEmpty ? 'close' : 'act',
    outcome: isEmpty ? 'nothing-to-do' : null,
    by,
    decision,
    confidence: 1,
    verdict: { kind: isEmpty ? 'stop' : 'act', reasons: [{ code: 'person-decided', text: `Decided by ${by}.` }] },
    actions: plan.actions,
    segment,
    phase,
    findings: null,
    note: null,
  };
}

/** A trigger without the workflow's fields has nothing that an action could be made of. */
const unfit: Plan = {
  ok: false,
  problems: ['The trigger does not fit the workflow, so its actions are left to the person.'],
};
