import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Absence, CaseId, type PersonRequest, RequestKind } from '../contracts/index.ts';
import { keepsWaiting } from '../domain/keeps-waiting.ts';
import { reachedBy } from '../domain/people.ts';
import { absencesFor } from '../domain/team-members.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type PeopleStore,
  type RecordStore,
  type RequestStore,
} from '../ports/index.ts';
import { caseAndAction } from './load-request.ts';
import { type AskPorts, mailRequest } from './mail-request.ts';
import { operation } from './operation.ts';
import { withNextForAbsent } from './requests/absent-people.ts';
import { openHead } from './requests/case-head.ts';
import { askInstead, holdFromNow } from './requests/hold-times.ts';
import { type AskSubject, isForOwner, newRequest } from './requests/new-request.ts';
import { planSecondReview, secondReviewWrite } from './second-reviews/plan-second-review.ts';
import { type CardPorts, showCard } from './show-card.ts';
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

export type OpenRequestPorts = AskPorts &
  CardPorts & {
    readonly findWorkflow: (id: string) => Workflow | null;
    readonly cases: CaseStore;
    readonly requests: RequestStore;
    readonly people: PeopleStore;
    readonly records: RecordStore;
    readonly clock: Clock;
  };

/**
 * Puts a question to people: stored first, then mailed from what is stored.
 * @throws IntentClosedError where a person has refused the same before; the action is refused then, and nobody is asked.
 */
export const openRequest = operation({
  name: 'open-request',
  input: OpenRequest,
  async run(ports: OpenRequestPorts, ask): Promise<AskedRequest> {
    const subject = await load(ports, ask);
    if (ask.kind === 'undo-action' && subject.action?.state !== 'done') {
      throw new IntentClosedError('There is nothing left to take back.');
    }
    // Somebody overturned what it follows from while the question was being put.
    if (subject.action?.state === 'refused') throw new IntentClosedError('This was refused already.');
    const nowMs = ports.clock.nowMs();
    const earlierId = subject.action?.requestId ?? null;
    const earlier = earlierId === null ? null : await ports.requests.get(earlierId);
    const planned = await planSecondReview(ports.records, subject, { kind: ask.kind, nowMs });
    const fresh = newRequest(subject, ask, { nowMs, earlier, second: planned?.review ?? null });
    const absences = await awayOf(ports, subject, [...fresh.people, ...fresh.nextPeople]);
    const stored = await store(ports, subject, withNextForAbsent(fresh, absences), planned);
    const request = await tellable(ports, subject, { ask, stored, nowMs, earlier });
    if (isForOwner(subject, request)) ports.telemetry.count('RequestsUnresolved', 1, request.workflow);
    await showCard(ports, { ...subject, request });
    if (ask.withMail) {
      const people = reachedBy(request.people, absences, nowMs);
      const told = await mailRequest(ports, { ...subject, request, people, absences, isReminder: false });
      if (request.kind === 'hold-action' && told === 0) throw new Error('Nobody could be told of what is held');
    }
    return {
      requestId: request.id,
      remindInSeconds: seconds(request.remindAtMs - ports.clock.nowMs()),
      expireInSeconds: seconds(request.deadlineMs - request.remindAtMs),
    };
  },
});

/** As they count for this workflow. */
async function awayOf(
  { people, clock }: OpenRequestPorts,
  { workflow }: AskSubject,
  asked: readonly string[],
): Promise<readonly Absence[]> {
  const nowMs = clock.nowMs();
  return absencesFor(workflow, await people.absences(asked, nowMs)).filter(({ fromMs }) => fromMs <= nowMs);
}

/** Caught by name in the state machine: people have settled this already, so nobody is asked. */
export class IntentClosedError extends Error {
  override readonly name = 'IntentClosedError';
}

/** The request as people can be told of it: what is held goes out by itself only where they were told in time. */
async function tellable(
  ports: OpenRequestPorts,
  subject: AskSubject,
  {
    ask,
    stored,
    nowMs,
    earlier,
  }: { ask: OpenRequest; stored: PersonRequest; nowMs: number; earlier: PersonRequest | null },
): Promise<PersonRequest> {
  if (ask.withMail) return holdFromNow(ports, subject, { request: stored, nowMs });
  const asked = newRequest(
    subject,
    { ...ask, kind: 'approve-action', problem: UNTOLD },
    { nowMs, earlier, second: null },
  );
  return askInstead(ports, subject, { held: stored, asked });
}

const UNTOLD = 'It was to go out by itself, but nobody could be told of it in time to stop it.';

async function load(ports: OpenRequestPorts, { caseId, actionId }: OpenRequest): Promise<AskSubject> {
  const { case: case_, action } = await caseAndAction(ports.cases, caseId, actionId);
  const workflow = case_ === null ? null : ports.findWorkflow(case_.workflow);
  if (case_ === null || workflow === null) throw new Error(`There is no case ${caseId} of a deployed workflow`);
  if (actionId !== null && action === null) throw new Error(`Case ${caseId} has no action ${actionId}`);
  return { workflow, case: case_, action };
}

/** A person has refused the same: what would be asked is refused, too. */
async function refuseAsClosed(
  { cases, clock }: OpenRequestPorts,
  case_: AskSubject['case'],
  action: NonNullable<AskSubject['action']>,
): Promise<never> {
  const reason = `A person has refused this for ${action.intent.target} in this case.`;
  try {
    await cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: clock.nowMs(),
      events: [{ type: 'action-refused', actionId: action.id, reason }],
      actions: [
        {
          action: { ...action, state: 'refused', reasons: [reason] },
          from: { states: ['proposed', 'held', 'approved', 'unsure'], digest: action.digest },
        },
      ],
    });
  } catch (error) {
    // A repeat of this step finds it refused.
    if (!(error instanceof ConflictError)) throw error;
  }
  throw new IntentClosedError(reason);
}

async function store(
  ports: OpenRequestPorts,
  { case: case_, action }: AskSubject,
  fresh: PersonRequest,
  planned: Awaited<ReturnType<typeof planSecondReview>>,
): Promise<PersonRequest> {
  const second = secondReviewWrite(planned, fresh);
  const { id, kind, actionId, question, reasons, people, digest, deadlineMs, changes } = fresh;
  const isOver = !keepsWaiting(fresh);
  const waiting = openHead(case_, 'waiting');
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: fresh.openedAtMs,
      events: [
        {
          ...{ type: 'request-opened', requestId: id, kind, actionId, question, reasons },
          ...{ people, digest, deadlineMs, changes },
        },
        ...second.events,
      ],
      ...second.write,
      ...(isOver
        ? {}
        : {
            ...waiting,
            head: { ...waiting.head, personAsked: case_.personAsked || kind !== 'hold-action' },
          }),
      openedRequest: fresh,
      ...(action === null || isOver ? {} : { actions: [asked(action, fresh)], whileIntentOpen: action.intent }),
    });
    return fresh;
  } catch (error) {
    const isClosed = error instanceof ConflictError && error.kind === 'intent-closed';
    if (isClosed && action !== null) return refuseAsClosed(ports, case_, action);
    const known = error instanceof ConflictError ? await ports.requests.get(id) : null;
    if (known === null) throw error;
    return known;
  }
}

function asked(action: NonNullable<AskSubject['action']>, { id, kind, reasons }: PersonRequest) {
  const state = kind === 'hold-action' ? ('held' as const) : ('asked' as const);
  // Now a person decides, and no yes of another time.
  const released = action.releasedBy === null ? {} : { releasedBy: null, mode: 'ask' as const };
  return {
    action: { ...action, ...released, state, requestId: id, reasons },
    from: {
      states: ['proposed', 'held', 'approved', 'intended', 'unsure'] as const,
      digest: action.digest,
    },
  };
}

function seconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1_000));
}
