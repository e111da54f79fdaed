import {
  type Action,
  ActionId,
  type Case,
  type CaseId,
  type PersonRequest,
  type Shape,
  ShapeId,
} from '../../shared/contracts/index.ts';
import { requestIdOf } from '../../shared/domain/case-id.ts';
import { actionDigest } from '../../shared/domain/digest.ts';
import { NO_USAGE } from '../../shared/domain/usage.ts';

export const VERSION = 'w'.repeat(64);

/** A case as it is just after opening. */
export function aCase(changes: Pick<Case, 'id'> & Partial<Case>): Omit<Case, 'ledger'> {
  return {
    workflow: 'lead-qualification',
    trigger: 'contact-form',
    eventId: 'msg_1',
    input: { name: 'Hanna', note: '東京 🙂' },
    problems: [],
    state: 'open',
    outcome: null,
    settings: {
      workflow: 'lead-qualification',
      revision: 1,
      phase: 'partial',
      paused: false,
      minimumConfidence: 0.8,
      segments: {},
      partialShare: 1,
      caps: {},
      coolDownUntilMs: {},
      earnedUnder: {},
      phaseSinceMs: {},
      versionPolicy: 'restart',
      evaluations: [],
    },
    versions: { workflow: VERSION, code: 'c'.repeat(64) },
    decision: null,
    confidence: null,
    decidedBy: null,
    verdict: null,
    readings: [],
    round: 0,
    personAsked: false,
    usage: NO_USAGE,
    openedAtMs: 1_000,
    closedAtMs: null,
    segment: null,
    phase: null,
    notes: [],
    requestedBy: null,
    causedBy: null,
    reopened: false,
    ...changes,
  };
}

/** A proposed mail, bound to its case. */
export function anAction(caseId: CaseId, id = 'send-meeting-mail#1', changes: Partial<Action> = {}): Action {
  const name = changes.action ?? 'send-meeting-mail';
  const args = changes.arguments ?? { to: 'hanna@shop.example', bcc: [], subject: 'A time to talk?', text: 'Hello' };
  const bound = { workflow: 'lead-qualification', version: VERSION, caseId, actionId: id, action: name };
  return {
    id: ActionId.parse(id),
    action: name,
    title: 'Send the meeting mail',
    tier: 'notify',
    mode: 'ask',
    arguments: args,
    digest: actionDigest({ ...bound, arguments: args, pinned: changes.pinned ?? [] }),
    intent: { effect: 'contact', target: 'hanna@shop.example' },
    state: 'proposed',
    idempotencyKey: `${caseId}.${id}`,
    reasons: [],
    requestId: null,
    result: null,
    pinned: [],
    changes: [],
    amount: null,
    releasedBy: null,
    compensates: null,
    begun: false,
    counted: [],
    ...changes,
  };
}

/** An open question about a case. */
export function aRequest(
  caseId: CaseId,
  { attempt = '1', ...changes }: Partial<PersonRequest> & { attempt?: string } = {},
): PersonRequest {
  return {
    id: requestIdOf({ caseId, about: 'decide-case', attempt }),
    caseId,
    workflow: 'lead-qualification',
    kind: 'decide-case',
    actionId: null,
    question: 'What should be decided for Hanna, Shop?',
    reasons: ['The score is exactly 7.'],
    draft: { tier: 'hot' },
    digest: 'd'.repeat(64),
    verbs: ['approve', 'edit', 'reject', 'respond', 'take-over'],
    people: ['sales-lead@remit.example'],
    nextPeople: ['sales-deputy@remit.example'],
    openedAtMs: 1_000,
    remindAtMs: 2_000,
    deadlineMs: 3_000,
    state: 'open',
    reminded: false,
    answer: null,
    quorum: 1,
    votes: [],
    revision: 0,
    proof: 'mail-code',
    excluded: [],
    reasonFor: [],
    form: null,
    version: VERSION,
    changes: [],
    earlier: null,
    ...changes,
  };
}

/** A remembered yes to what `anAction` proposes, for a day from the beginning of time. */
export function aShape(caseId: CaseId, changes: Partial<Shape> = {}): Shape {
  const { id: actionId, action, title, intent, arguments: args } = anAction(caseId);
  return {
    id: ShapeId.parse(`lead-qualification.${caseId}`),
    ...{ workflow: 'lead-qualification', action, title, effect: intent.effect, segment: null },
    ...{ fixed: args, limits: {}, maxAmount: null, freeFields: [] },
    ...{ author: 'sales-lead@remit.example', proof: 'sign-in' as const },
    from: { caseId, requestId: requestIdOf({ caseId, about: actionId, attempt: '1' }), actionId },
    ...{ createdAtMs: 0, expiresAtMs: 86_400_000, maximumUses: 2, uses: 0, revoked: null },
    ...changes,
  };
}
