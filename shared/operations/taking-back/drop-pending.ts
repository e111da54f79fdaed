import type { Action, ActionState, Case, PersonRequest } from '../../contracts/index.ts';
import { keepsWaiting } from '../../domain/keeps-waiting.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type RecordStore,
  type RequestStore,
} from '../../ports/index.ts';
import { type WakePorts, wake } from '../answers/wake.ts';
import type { OverturnCase } from '../overturn-case.ts';
import { openHead } from '../requests/case-head.ts';
import { spotCheckOverturned } from '../spot-checks/spot-check-answered.ts';
import { idsIn } from './ask-back.ts';

/** Two items each in one transaction, which takes 100 with everything else. */
const MOST_AT_ONCE = 40;

const PENDING: ReadonlySet<ActionState> = new Set(['proposed', 'asked', 'held', 'approved']);

/**
 * What follows from the overturned decision and is not over. All but the last of it is refused here; the last is given
 * back, to be refused in the write that overturns.
 */
export async function refusePending(
  { cases, clock }: { readonly cases: CaseStore; readonly clock: Clock },
  case_: Case,
  command: OverturnCase,
): Promise<readonly Action[]> {
  const known = await cases.actions(case_.id);
  const pending = known.filter(({ compensates, state }) => compensates === null && PENDING.has(state));
  while (pending.length > MOST_AT_ONCE) {
    const refused = refusedBy(command, pending.splice(0, MOST_AT_ONCE));
    await cases.commit({
      ...{ caseId: case_.id, workflow: case_.workflow, cursor: null, atMs: clock.nowMs() },
      ...refused,
    });
  }
  return pending;
}

/** What may have happened already is closed with it: the right decision does not do the same a second time. */
export function refusedBy(
  { by, reason }: OverturnCase,
  pending: readonly Action[],
): Pick<CaseWrite, 'events' | 'actions'> & { readonly closedIntents: readonly Action['intent'][] } {
  const words = `${by} overturned the decision that it follows from: ${reason}`;
  const closedIntents = pending.filter(({ begun }) => begun).map(({ intent }) => intent);
  return {
    events: [
      ...pending.map(({ id }) => ({ type: 'action-refused' as const, actionId: id, reason: words })),
      ...closedIntents.map((intent) => ({ type: 'intent-closed' as const, intent, by, reason: MAY_HAVE_HAPPENED })),
    ],
    actions: pending.map((action) => ({
      action: { ...action, state: 'refused', reasons: [words] },
      from: { states: [action.state], digest: action.digest },
    })),
    closedIntents,
  };
}

const MAY_HAVE_HAPPENED = 'It may have been done before the decision was overturned: whoever wants it looks first.';

type CancelPorts = WakePorts & {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
  readonly clock: Clock;
};

/** Tries at a question that people answer at the same time. */
const TRIES = 3;

/** Questions about what was refused, and undo links of what is being taken back, are withdrawn: no live button remains. */
export async function cancelQuestions(ports: CancelPorts, command: OverturnCase): Promise<void> {
  for (const caseId of new Set([command.caseId, ...command.takeBack.map((wanted) => wanted.caseId)])) {
    const [open, actions] = await Promise.all([ports.requests.ofCase(caseId), ports.cases.actions(caseId)]);
    const refused = new Set(actions.filter(({ state }) => state === 'refused').map(({ id }) => String(id)));
    const back = new Set(idsIn(command, caseId));
    const isOver = ({ kind, actionId }: PersonRequest): boolean =>
      (kind === 'spot-check' && caseId === command.caseId) ||
      (actionId !== null && (kind === 'undo-action' ? back.has(actionId) : refused.has(actionId)));
    for (const request of open) {
      if (request.state === 'open' && isOver(request)) await cancel(ports, request, command);
    }
  }
}

async function cancel(
  ports: CancelPorts,
  { id, caseId, actionId, kind }: PersonRequest,
  command: OverturnCase,
): Promise<void> {
  const { by, reason } = command;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const [request, case_] = await Promise.all([ports.requests.get(id), ports.cases.get(caseId)]);
    if (request === null || case_ === null || request.state !== 'open') return;
    const cancelled: PersonRequest = { ...request, state: 'cancelled', revision: request.revision + 1 };
    const isWaitedFor = keepsWaiting(request) && case_.state === 'waiting';
    const atMs = ports.clock.nowMs();
    const checked = kind === 'spot-check' ? await spotCheckOverturned(ports.records, id, { ...command, atMs }) : null;
    try {
      await ports.cases.commit({
        ...{ caseId, workflow: case_.workflow, cursor: case_.ledger, atMs },
        events: [
          { type: 'request-cancelled', requestId: id, actionId, by, reason: `The decision was overturned: ${reason}` },
          ...(checked?.events ?? []),
        ],
        ...checked?.write,
        changedRequest: { request: cancelled, from: request },
        ...(isWaitedFor ? openHead(case_, 'open') : {}),
      });
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      continue;
    }
    await wake(ports, cancelled);
    return;
  }
}
