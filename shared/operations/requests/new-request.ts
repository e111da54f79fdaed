import type { Workflow } from '../../authoring/index.ts';
import {
  type Action,
  type Case,
  type JsonObject,
  type PersonRequest,
  type SecondReview,
  Verb,
} from '../../contracts/index.ts';
import { approversOf } from '../../domain/approval.ts';
import { requestIdOf } from '../../domain/case-id.ts';
import { mayHandBack } from '../../domain/case-limits.ts';
import { caseDigest } from '../../domain/digest.ts';
import { keepsWaiting } from '../../domain/keeps-waiting.ts';
import { isSamePerson } from '../../domain/people.ts';
import { isReviewedBlind } from '../../domain/phases.ts';
import { withoutPerson } from '../../domain/second-reviews.ts';
import type { OpenRequest } from '../open-request.ts';
import { formSchemaOf } from './form-schema.ts';
import { holdTimes } from './hold-times.ts';
import { phaseQuestion } from './phase-question.ts';
import { questionOf, reasonsOf } from './question-words.ts';

/** What a request is about. */
export interface AskSubject {
  readonly workflow: Workflow;
  readonly case: Case;
  readonly action: Action | null;
}

const HOUR_MS = 3_600_000;

/**
 * The question as it is stored and mailed. `earlier` is the request that asked about the same action before, `second` the
 * review by two people that it belongs to.
 */
export function newRequest(
  subject: AskSubject,
  ask: OpenRequest,
  { nowMs, earlier, second }: { nowMs: number; earlier: PersonRequest | null; second: SecondReview | null },
): PersonRequest {
  const { workflow, case: case_, action } = subject;
  const { id: caseId, round } = case_;
  const definition = action === null ? undefined : workflow.actions[action.action];
  const isSecond = ask.kind === 'second-review';
  const isBlind = isSecond || (ask.kind === 'review-decision' && isReviewedBlind(workflow, caseId));
  const draft: JsonObject = action === null ? ((isBlind ? null : case_.decision) ?? {}) : action.arguments;
  const version = case_.versions.workflow;
  const isApproval = ask.kind === 'approve-action';
  const approval = isApproval ? definition?.approval : undefined;
  const entitled = approversOf({
    ...{ team: workflow.team, definition: definition ?? null, amount: action?.amount ?? null },
    ...{ input: case_.input, requestedBy: case_.requestedBy },
  });
  const approvers = { ...entitled, ...askedFor(entitled, second, isSecond) };
  const changes = action?.changes ?? [];
  const forOwner = ask.kind === 'change-phase' ? phaseQuestion(workflow, nowMs) : {};
  return {
    id: requestIdOf({ caseId, about: ask.actionId ?? ask.kind, attempt: ask.attempt }),
    caseId,
    workflow: workflow.id,
    kind: ask.kind,
    actionId: ask.actionId,
    question: questionOf(subject, isBlind && !isSecond ? { ...ask, kind: 'decide-case' } : ask),
    reasons: isBlind ? [...BLIND_REASONS] : reasonsOf(subject, ask),
    draft,
    digest: action?.digest ?? caseDigest({ workflow: workflow.id, version, caseId, round, draft }),
    verbs: isBlind ? ['edit'] : verbsOf(subject, ask, approval?.verbs ?? Verb.options),
    ...approvers,
    ...timesOf(subject, ask, nowMs),
    state: 'open',
    reminded: false,
    answer: null,
    quorum: isApproval ? approvers.quorum : 1,
    votes: [],
    revision: 0,
    proof: approval?.proof ?? 'mail-code',
    excluded: case_.requestedBy === null ? [] : [case_.requestedBy],
    reasonFor: approval?.needsReason === true ? ['approve', 'edit'] : [],
    form: formSchemaOf(subject),
    version,
    changes,
    earlier: changes.length === 0 ? null : (earlier?.answer ?? null),
    ...forOwner,
  };
}

/** Of two who review on their own, each is asked for one review and hears nothing of the other one. */
function askedFor(
  asked: Pick<PersonRequest, 'people' | 'nextPeople'>,
  second: SecondReview | null,
  isSecond: boolean,
): Pick<PersonRequest, 'people' | 'nextPeople'> {
  if (second === null) return asked;
  return isSecond ? { people: [second.person], nextPeople: [] } : withoutPerson(asked, second.person);
}

/** Not what spoke for asking: that says what the agents made of it. */
const BLIND_REASONS = ['You decide first, on your own. What the agents decided is shown once you have.'];

/** Whether the rules led to nobody, so that the owner stands in: an alarm goes off. */
export function isForOwner({ workflow }: AskSubject, { people, kind }: PersonRequest): boolean {
  if (kind === 'change-phase' || kind === 'second-review') return false;
  const [first] = people;
  const isOwnerAsked = people.length === 1 && first !== undefined && isSamePerson(first, workflow.team.owner);
  return isOwnerAsked && !workflow.team.approvers.includes(workflow.team.owner);
}

function timesOf(
  { workflow, action }: AskSubject,
  { kind }: OpenRequest,
  nowMs: number,
): Pick<PersonRequest, 'openedAtMs' | 'remindAtMs' | 'deadlineMs'> {
  const definition = action === null ? undefined : workflow.actions[action.action];
  if (kind === 'hold-action') return holdTimes(definition, nowMs);
  if (!keepsWaiting({ kind }) && kind !== 'undo-action') return patientTimes(nowMs);
  const hours = definition?.approval.answerWithinHours ?? workflow.team.answerWithinHours;
  const waitMs = Math.round(hours * HOUR_MS);
  // Nobody is reminded of what they need do nothing about.
  if (kind === 'undo-action') return { openedAtMs: nowMs, remindAtMs: nowMs + waitMs, deadlineMs: nowMs + waitMs };
  return { openedAtMs: nowMs, remindAtMs: nowMs + Math.round(waitMs / 2), deadlineMs: nowMs + waitMs };
}

/** Nothing waits for it, so that it may wait itself. */
function patientTimes(nowMs: number): ReturnType<typeof timesOf> {
  const waitMs = PATIENT_HOURS * HOUR_MS;
  return { openedAtMs: nowMs, remindAtMs: nowMs + waitMs / 2, deadlineMs: nowMs + waitMs };
}

const PATIENT_HOURS = 7 * 24;

function verbsOf({ case: case_, action }: AskSubject, { kind }: OpenRequest, permitted: readonly Verb[]): Verb[] {
  // What takes something back, or follows from the decision of a person who overturned theirs, was no idea of the agents.
  const isTheirs = case_.outcome !== 'overturned' && (action === null || action.compensates === null);
  const isHandedBack = mayHandBack(case_.notes) && case_.problems.length === 0 && isTheirs;
  const verbs: readonly Verb[] = isHandedBack
    ? ['approve', 'edit', 'reject', 'respond', 'take-over']
    : ['approve', 'edit', 'reject', 'take-over'];
  switch (kind) {
    case 'approve-action':
      return verbs.filter((verb) => permitted.includes(verb));
    case 'decide-case':
      // Without a draft there is nothing to agree with.
      return verbs.filter((verb) => verb !== 'approve' || case_.decision !== null);
    case 'review-decision':
    case 'spot-check':
      return case_.decision === null ? ['edit', 'reject'] : ['approve', 'edit', 'reject'];
    case 'second-review':
      return ['edit'];
    case 'hold-action':
    case 'undo-action':
    case 'change-phase':
      return ['approve', 'reject'];
  }
}
