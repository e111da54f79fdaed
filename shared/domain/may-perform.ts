import type { ActionDefinition } from '../authoring/index.ts';
import type { Action, Case, PersonRequest, Phase, Settings } from '../contracts/index.ts';
import { actionDigest, digestOf } from './digest.ts';
import { modeOf, stricterMode, stricterPhase } from './tiers.ts';

/** Whether an action may go ahead, from what the store says right before it. */
export type Permission =
  | {
      readonly kind: 'perform' /** The intent stands already; the other side knows the key. */;
      readonly isRepeat: boolean;
    }
  | { readonly kind: 'settled'; readonly state: 'done' | 'refused' | 'unsure' }
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
}

/** Fails closed: anything that does not fit asks a person. */
export function mayPerform(subject: PerformSubject): Permission {
  const { action, settings } = subject;
  if (action.state === 'done' || action.state === 'refused') return { kind: 'settled', state: action.state };
  if (settings.paused) return { kind: 'ask', reason: 'The workflow is switched off: people go on by hand.' };
  if (phaseNow(subject) === 'shadow') return { kind: 'ask', reason: 'The workflow is in shadow: nothing is done.' };
  if (!isUnchanged(subject)) return { kind: 'ask', reason: 'The stored action is not the one that was decided on.' };
  switch (action.state) {
    case 'intended':
      return afterIntent(subject);
    case 'approved':
      return isApproved(subject)
        ? { kind: 'perform', isRepeat: false }
        : { kind: 'ask', reason: 'There is no valid approval of exactly this action.' };
    case 'proposed':
      return withoutPerson(subject);
    case 'asked':
    case 'unsure':
      return { kind: 'ask', reason: action.reasons[0] ?? 'A person has to decide on this action.' };
  }
}

function afterIntent({ definition }: PerformSubject): Permission {
  if (definition.connector.idempotency === 'key') return { kind: 'perform', isRepeat: true };
  return { kind: 'unsure', reason: 'The work stopped in the middle of this action: nobody knows whether it was done.' };
}

function withoutPerson(subject: PerformSubject): Permission {
  const { action, definition } = subject;
  const phase = phaseNow(subject);
  const mode = stricterMode(action.mode, modeOf(definition.tier, phase, definition.connector.effect));
  if (mode === 'perform' || mode === 'perform-and-tell') return { kind: 'perform', isRepeat: false };
  return { kind: 'ask', reason: `In phase ${phase} an action of the tier ${definition.tier} needs a person.` };
}

function phaseNow({ case: case_, settings }: PerformSubject): Phase {
  return stricterPhase(case_.settings.phase, settings.phase);
}

function isApproved({ action, request, case: case_ }: PerformSubject): boolean {
  if (request === null || request.state !== 'answered' || request.actionId !== action.id) return false;
  if (request.id !== action.requestId || request.caseId !== case_.id) return false;
  if (request.answer?.verb === 'approve') return request.digest === action.digest;
  // An edit approves its own arguments; the action was bound anew to them when it was written.
  return request.answer?.verb === 'edit' && digestOf(request.answer.edits) === digestOf(action.arguments);
}

function isUnchanged({ action, case: case_ }: PerformSubject): boolean {
  const { id: actionId, action: name, arguments: args } = action;
  const version = case_.versions.workflow;
  return (
    actionDigest({ workflow: case_.workflow, version, caseId: case_.id, actionId, action: name, arguments: args }) ===
    action.digest
  );
}
