import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import {
  type Action,
  type Case,
  CaseId,
  type JsonObject,
  type PersonRequest,
  RequestKind,
  type Verb,
} from '../contracts/index.ts';
import { requestIdOf } from '../domain/case-id.ts';
import { caseDigest } from '../domain/digest.ts';
import { type CaseStore, type Clock, ConflictError, type RequestStore } from '../ports/index.ts';
import { type AskPorts, mailRequest } from './mail-request.ts';
import { operation } from './operation.ts';
import type { AskedRequest } from './step-contracts.ts';

export const OpenRequest = z.object({
  caseId: CaseId,
  kind: RequestKind,
  actionId: z.string().nullable(),
  /** Name of the execution that asks: a retry of it finds its own request. */
  attempt: z.string().min(1),
  /** What went wrong, when that is why a person is asked. */
  problem: z.string().nullable().default(null),
  /** False after mails have failed for long: the question then waits in the list of open requests. */
  withMail: z.boolean().default(true),
});
export type OpenRequest = z.infer<typeof OpenRequest>;

export type OpenRequestPorts = AskPorts & {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly clock: Clock;
};

/** Puts a question to people: stored first, then mailed from what is stored. */
export const openRequest = operation({
  name: 'open-request',
  input: OpenRequest,
  async run(ports: OpenRequestPorts, ask): Promise<AskedRequest> {
    const subject = await load(ports, ask);
    const fresh = requestFor(subject, ask, ports.clock.nowMs());
    const request = await store(ports, subject, fresh);
    if (ask.withMail) await mailRequest(ports, { ...subject, request, people: request.people, isReminder: false });
    return {
      requestId: request.id,
      remindInSeconds: seconds(request.remindAtMs - ports.clock.nowMs()),
      expireInSeconds: seconds(request.deadlineMs - request.remindAtMs),
    };
  },
});

export interface AskSubject {
  readonly workflow: Workflow;
  readonly case: Case;
  readonly action: Action | null;
}

async function load(ports: OpenRequestPorts, { caseId, actionId }: OpenRequest): Promise<AskSubject> {
  const case_ = await ports.cases.get(caseId);
  const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
  if (case_ === null || workflow === null) throw new Error(`There is no case ${caseId} of a deployed workflow`);
  const action = actionId === null ? null : await ports.cases.action(caseId, actionId);
  if (actionId !== null && action === null) throw new Error(`Case ${caseId} has no action ${actionId}`);
  return { workflow, case: case_, action };
}

function requestFor({ workflow, case: case_, action }: AskSubject, ask: OpenRequest, nowMs: number): PersonRequest {
  const waitMs = Math.round(workflow.team.answerWithinHours * 3_600_000);
  const draft: JsonObject = action === null ? (case_.decision ?? {}) : action.arguments;
  const { id: caseId, round } = case_;
  const version = case_.versions.workflow;
  return {
    id: requestIdOf({ caseId, about: ask.actionId ?? ask.kind, attempt: ask.attempt }),
    caseId,
    workflow: workflow.id,
    kind: ask.kind,
    actionId: ask.actionId,
    question: questionOf(workflow, case_, action, ask),
    reasons: reasonsOf(case_, action, ask),
    draft,
    digest: action?.digest ?? caseDigest({ workflow: workflow.id, version, caseId, round, draft }),
    verbs: verbsOf(ask.kind, case_),
    people: [...workflow.team.approvers],
    nextPeople: [...workflow.team.nextApprovers],
    openedAtMs: nowMs,
    remindAtMs: nowMs + Math.round(waitMs / 2),
    deadlineMs: nowMs + waitMs,
    state: 'open',
    reminded: false,
    answer: null,
  };
}

function questionOf(workflow: Workflow, case_: Case, action: Action | null, { kind, problem }: OpenRequest): string {
  const about = case_.problems.length > 0 ? workflow.title : workflow.subject(case_.input as JsonObject);
  switch (kind) {
    case 'approve-action':
      return problem === null
        ? `${action?.title}: ${about}?`
        : `${action?.title} for ${about} did not surely happen. Do it now?`;
    case 'decide-case':
      return `What should be decided for ${about}?`;
    case 'review-decision':
      return `Is this decision right for ${about}?`;
  }
}

function reasonsOf(case_: Case, action: Action | null, { kind, problem }: OpenRequest): string[] {
  if (problem !== null) return [problem];
  if (kind === 'approve-action' && action !== null) {
    return [tierReason(action.tier, case_.settings.phase)];
  }
  return (case_.verdict?.reasons ?? []).map(({ text }) => text);
}

/** Why an action of this tier is asked, as the people who answer would say it. */
function tierReason(tier: Action['tier'], phase: Case['settings']['phase']): string {
  switch (tier) {
    case 'approve':
      return 'This always needs your yes.';
    case 'notify':
      return phase === 'full'
        ? 'This cannot be taken back, so it needs your yes.'
        : `The workflow is still in phase ${phase}: whatever people should know of needs a yes first.`;
    case 'autonomous':
      return `The workflow is in phase ${phase}, where this needs a yes.`;
  }
}

function verbsOf(kind: PersonRequest['kind'], case_: Case): Verb[] {
  // Without a draft there is nothing to agree with.
  const hasDraft = kind === 'approve-action' || case_.decision !== null;
  return hasDraft ? ['approve', 'edit', 'reject', 'respond'] : ['edit', 'reject', 'respond'];
}

async function store(
  ports: OpenRequestPorts,
  { case: case_, action }: AskSubject,
  fresh: PersonRequest,
): Promise<PersonRequest> {
  const { id, kind, actionId, question, reasons, people, digest, deadlineMs } = fresh;
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: fresh.openedAtMs,
      events: [
        { type: 'request-opened', requestId: id, kind, actionId, question, reasons, people, digest, deadlineMs },
      ],
      head: { state: 'waiting', personAsked: true },
      openedRequest: fresh,
      actions:
        action === null
          ? []
          : [
              {
                action: { ...action, state: 'asked', requestId: id, reasons },
                from: { states: ['proposed', 'approved', 'intended', 'unsure'], digest: action.digest },
              },
            ],
    });
    return fresh;
  } catch (error) {
    const known = error instanceof ConflictError ? await ports.requests.get(id) : null;
    if (known === null) throw error;
    return known;
  }
}

function seconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1_000));
}
