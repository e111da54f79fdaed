import * as z from 'zod';
import { type Case, Outcome } from '../contracts/index.ts';
import { MOST_HAND_BACKS } from '../domain/case-limits.ts';
import { type CaseStore, type Clock, ConflictError, type Executions, type Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { startAgain } from './start-again.ts';
import { ActionOutcome, Pinned } from './step-contracts.ts';
import { carryOutLeft, isLeftToCarryOut } from './taking-back/close-carry-out.ts';
import { outcomeOfTakeBack } from './taking-back/close-take-back.ts';

export const CloseCase = z.object({
  pinned: Pinned,
  /** Given where no action was due. */
  outcome: Outcome.nullable(),
  actions: z.array(ActionOutcome),
});
type CloseCase = z.infer<typeof CloseCase>;

/** Rounds that others may take while this looks. */
const MOST_TRIES = 10;

export interface CloseCasePorts {
  readonly cases: CaseStore;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What became of the case. A null outcome: it goes on in another execution. */
interface Closed {
  readonly caseId: string;
  readonly outcome: string | null;
}

/**
 * The end of a case: its outcome, cost and time on record. Closing it again changes nothing. Where a person told the
 * agents something in place of a yes, the agents try again instead. What was only opened again to take something back is
 * closed once all of that is over, and so is a case whose decision was overturned once the right one is carried out.
 */
export const closeCase = operation({
  name: 'close-case',
  input: CloseCase,
  async run(ports: CloseCasePorts, close): Promise<Closed> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const head = await ports.cases.get(close.pinned.caseId);
      if (head === null) throw new Error(`There is no case ${close.pinned.caseId}`);
      const closed = await end(ports, close, head);
      if (closed !== null) return closed;
    }
    throw new ConflictError('round-over');
  },
});

/** @returns null where something was decided meanwhile: look again. */
async function end(ports: CloseCasePorts, close: CloseCase, head: Case): Promise<Closed | null> {
  const { id: caseId } = head;
  if (head.state === 'closed') return { caseId, outcome: head.outcome };
  if (isHandedBack(close, head)) {
    await handBack(ports, close, head);
    return { caseId, outcome: null };
  }
  const isOverruled = !isResumed(close) && close.outcome === null && head.outcome === 'overturned';
  if (isOverruled && (await isLeftToCarryOut(ports, head))) return { caseId, outcome: null };
  const outcome = await outcomeOf(ports.cases, close, head);
  return outcome === null ? { caseId, outcome } : write(ports, head, outcome);
}

async function write(
  { cases, clock, telemetry }: CloseCasePorts,
  head: Case,
  outcome: Outcome,
): Promise<Closed | null> {
  const { id: caseId, workflow, ledger, openedAtMs, personAsked, usage } = head;
  const closedAtMs = clock.nowMs();
  const tookMs = closedAtMs - openedAtMs;
  try {
    await cases.commit({
      ...{ caseId, workflow, cursor: ledger, atMs: closedAtMs },
      events: [{ type: 'case-closed', outcome, costUsd: usage.costUsd, tookMs, personAsked }],
      head: { state: 'closed', outcome, closedAtMs, reopened: false },
      expectOpen: true,
      // An overturning is a round: it is not closed over.
      expectRound: head.round,
    });
  } catch (error) {
    if (error instanceof ConflictError && error.kind === 'round-over') return null;
    if (!(error instanceof ConflictError && error.kind === 'case-closed')) throw error;
    // Another run of this step was first, and told of it.
    return { caseId, outcome };
  }
  telemetry.log('case-closed', { caseId, workflow, outcome, tookMs, personAsked });
  return { caseId, outcome };
}

/** It was started after the decision, to take something back or to carry out the right one. */
function isResumed({ pinned: { resumed } }: CloseCase): boolean {
  return resumed === 'take-back' || resumed === 'carry-out';
}

/** Somebody answered a question about an action with a fact, and the agents may try again, unless they were overturned. */
function isHandedBack(close: CloseCase, { notes, outcome }: Case): boolean {
  if (isResumed(close) || outcome === 'overturned') return false;
  const { notes: known } = close.pinned;
  return notes.length > known.length && known.length < MOST_HAND_BACKS;
}

async function handBack({ executions, telemetry }: CloseCasePorts, { pinned }: CloseCase, head: Case): Promise<void> {
  const told = head.notes.slice(pinned.notes.length);
  await startAgain(executions, head, {
    kind: 'hand-back',
    // Of what this execution knew, so that a repeat of it starts the same one.
    ref: String(pinned.notes.length + 1),
    actionIds: [],
    by: [...new Set(told.map(({ by }) => by))].join(', '),
    because: told.map(({ text }) => text).join('\n'),
  });
  telemetry.log('case-handed-back', { caseId: head.id, workflow: head.workflow, notes: head.notes.length });
}

/** @returns null where another execution closes the case. */
async function outcomeOf(cases: CaseStore, close: CloseCase, head: Case): Promise<Outcome | null> {
  const { outcome, actions } = close;
  if (isResumed(close)) {
    const over = outcomeOfTakeBack(head, await cases.actions(head.id));
    const isLeft = over === null || (await carryOutLeft(cases, head)) !== null;
    return isLeft ? null : (outcome ?? over);
  }
  // What people said of the case outlasts what becomes of its actions.
  if (head.outcome === 'overturned' || head.outcome === 'left-to-person') return head.outcome;
  return outcome ?? outcomeOfActions(actions);
}

function outcomeOfActions(actions: readonly ActionOutcome[]): Outcome {
  if (actions.some(({ state }) => state === 'unsure')) return 'left-to-person';
  if (actions.some(({ state }) => state === 'done')) return 'done';
  return actions.length === 0 ? 'nothing-to-do' : 'refused';
}
