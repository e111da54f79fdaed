import type { ActionDefinition, Team } from '../authoring/index.ts';
import type { Action, Case, PersonRequest, Phase, Settings, Shape } from '../contracts/index.ts';
import { actionDigest, digestOf } from './digest.ts';
import { phaseOf } from './phases.ts';
import { releaseProblem } from './release.ts';
import type { Compensating } from './take-back.ts';
import { modeOf, stricterMode, stricterPhase } from './tiers.ts';

/** Whether an action may go ahead, from what the store says right before it. */
export type Permission =
  | {
      readonly kind: 'perform' /** The intent stands already; the other side knows the key. */;
      readonly isRepeat: boolean;
    }
  | { readonly kind: 'settled'; readonly state: 'done' | 'refused' | 'taken-back' }
  | { readonly kind: 'ask'; readonly reason: string }
  | { readonly kind: 'unsure'; readonly reason: string };

export interface PerformSubject {
  readonly definition: ActionDefinition;
  readonly case: Case;
  readonly action: Action;
  /** The request that the action names, if any. */
  readonly request: PersonRequest | null;
  /** As they are now, not as pinned: the stricter of both holds. */
  readonly settings: Settings;
  /** What the workflow makes of the input, for the share of cases in phase partial. */
  readonly caseKey: string;
  /** The remembered yes that the action names, as it is now; left out or null where it names none, or one that is not there. */
  readonly release?: { readonly shape: Shape; readonly team: Team; readonly nowMs: number } | null;
  /** For an action that takes another one back: by what right it does. */
  readonly takeBack?: TakeBack | null;
}

export interface TakeBack {
  readonly original: Action | null;
  /** What takes it back, worked out again. */
  readonly compensating: Compensating;
  /** Who wants it taken back, by the ledger. */
  readonly askedBy: string | null;
  /** A right decision is carried out in its place. */
  readonly isReplaced: boolean;
}

/** Fails closed: anything that does not fit asks a person. */
export function mayPerform(subject: PerformSubject): Permission {
  const { action, settings } = subject;
  if (action.state === 'done' || action.state === 'refused' || action.state === 'taken-back') {
    return { kind: 'settled', state: action.state };
  }
  if (settings.paused && action.state === 'intended') return { kind: 'unsure', reason: SWITCHED_OFF_MIDWAY };
  if (settings.paused) return { kind: 'ask', reason: 'The workflow is switched off: people go on by hand.' };
  const isTakeBack = action.compensates !== null;
  if (isTakeBack && !isWantedBack(subject)) return { kind: 'ask', reason: 'Nobody has asked to take this back.' };
  // The phase says what agents may do by themselves; what a person wants back does not hang on it.
  if (!isTakeBack && phaseNow(subject) === 'shadow') {
    return { kind: 'ask', reason: 'The workflow is in shadow: nothing is done.' };
  }
  if (!isUnchanged(subject)) return { kind: 'ask', reason: 'The stored action is not the one that was decided on.' };
  switch (action.state) {
    case 'intended':
      return afterIntent(subject);
    case 'approved':
      return isApproved(subject)
        ? { kind: 'perform', isRepeat: false }
        : { kind: 'ask', reason: 'There is no valid approval of exactly this action.' };
    case 'held':
      return afterHold(subject);
    case 'proposed':
      if (isTakeBack) return takingBack(subject);
      return action.releasedBy === null ? withoutPerson(subject) : released(subject);
    case 'asked':
    case 'unsure':
      return { kind: 'ask', reason: action.reasons[0] ?? 'A person has to decide on this action.' };
  }
}

export const SWITCHED_OFF_MIDWAY =
  'The workflow was switched off in the middle of this action: nobody knows whether it was done.';

function afterIntent({ definition }: PerformSubject): Permission {
  if (definition.connector.idempotency === 'key') return { kind: 'perform', isRepeat: true };
  return { kind: 'unsure', reason: 'The work stopped in the middle of this action: nobody knows whether it was done.' };
}

function withoutPerson(subject: PerformSubject): Permission {
  const { action, definition } = subject;
  const mode = stricterMode(action.mode, modeOf(definition, phaseNow(subject)));
  if (mode === 'perform' || mode === 'perform-and-tell') return { kind: 'perform', isRepeat: false };
  return needsPerson(subject);
}

/** By a remembered yes that still holds, for exactly this action. */
function released({ action, case: case_, definition, release }: PerformSubject): Permission {
  if (release === undefined || release === null || release.shape.id !== action.releasedBy) {
    return { kind: 'ask', reason: 'The yes that was remembered for this is not there any more.' };
  }
  const { segment, input, requestedBy, workflow } = case_;
  const { shape, team, nowMs } = release;
  const subject = { definition, team, action, segment, input, requestedBy };
  const problem =
    shape.workflow === workflow
      ? releaseProblem(shape, subject, nowMs)
      : 'The remembered yes was for another workflow.';
  return problem === null ? { kind: 'perform', isRepeat: false } : { kind: 'ask', reason: problem };
}

function needsPerson(subject: PerformSubject): Permission {
  const { tier } = subject.definition;
  return { kind: 'ask', reason: `In phase ${phaseNow(subject)} an action of the tier ${tier} needs a person.` };
}

/** It was wanted for something that is done and that nothing else has taken back. */
function isWantedBack({ takeBack, action }: PerformSubject): boolean {
  if (takeBack === undefined || takeBack === null || takeBack.askedBy === null) return false;
  return takeBack.original?.id === action.compensates && takeBack.original.state === 'done';
}

/** The wish is enough for exactly what was declared, unless that needs a yes of its own. */
function takingBack({ action, definition, takeBack }: PerformSubject): Permission {
  const compensating = takeBack?.compensating;
  const isDeclared =
    compensating?.ok === true &&
    compensating.action === action.action &&
    digestOf(compensating.arguments) === digestOf(action.arguments);
  const isFree = definition.tier !== 'approve' && definition.connector.effect === 'reversible';
  if (isDeclared && isFree && action.mode === 'perform') return { kind: 'perform', isRepeat: false };
  return { kind: 'ask', reason: 'Taking this back needs a yes of its own.' };
}

/** What was held goes out once its time is over, as long as nothing has become stricter meanwhile. */
function afterHold(subject: PerformSubject): Permission {
  const { action, definition } = subject;
  if (!isHoldOver(subject)) {
    return { kind: 'ask', reason: 'It was held for people to stop it, and that time has not ended well.' };
  }
  const mode = stricterMode(action.mode, modeOf(definition, phaseNow(subject)));
  if (action.compensates === null && stricterMode(mode, 'hold') === 'hold') return { kind: 'perform', isRepeat: false };
  return { kind: 'ask', reason: 'It was held, and by now an action like this needs a yes.' };
}

/** Of the phase that the case was judged in and the one of its segment today, the stricter one. */
export function phaseNow({
  case: case_,
  settings,
  caseKey,
}: Pick<PerformSubject, 'case' | 'settings' | 'caseKey'>): Phase {
  const { phase, segment } = case_;
  return stricterPhase(phase ?? phaseOf(case_.settings, segment, caseKey), phaseOf(settings, segment, caseKey));
}

/** Nobody stopped it in its time, or somebody let it go at once. */
function isHoldOver({ action, request, case: case_ }: PerformSubject): boolean {
  if (request === null || request.kind !== 'hold-action' || !isAbout(request, action, case_)) return false;
  if (request.digest !== action.digest) return false;
  return request.state === 'expired' || (request.state === 'answered' && request.answer?.verb === 'approve');
}

function isAbout(request: PersonRequest, action: Action, case_: Case): boolean {
  return request.actionId === action.id && request.id === action.requestId && request.caseId === case_.id;
}

function isApproved({ action, request, case: case_ }: PerformSubject): boolean {
  if (request === null || request.state !== 'answered' || request.kind !== 'approve-action') return false;
  if (!isAbout(request, action, case_)) return false;
  const { answer, quorum, votes, deadlineMs } = request;
  if (answer === null || answer.atMs >= deadlineMs || (quorum > 1 && votes.length < quorum)) return false;
  if (answer.verb === 'approve') return request.digest === action.digest;
  // An edit approves its own arguments; the action was bound anew to them when it was written.
  return answer.verb === 'edit' && digestOf(answer.edits) === digestOf(action.arguments);
}

function isUnchanged({ action, case: case_ }: PerformSubject): boolean {
  const { id: actionId, action: name, arguments: args, pinned } = action;
  const { workflow, id: caseId, versions } = case_;
  const bound = { workflow, version: versions.workflow, caseId, actionId, action: name, arguments: args, pinned };
  return actionDigest(bound) === action.digest;
}
