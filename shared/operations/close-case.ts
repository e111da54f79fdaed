import * as z from 'zod';
import { type Case, type Cursor, Outcome } from '../contracts/index.ts';
import { MOST_HAND_BACKS } from '../domain/case-limits.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type Executions,
  type Telemetry,
} from '../ports/index.ts';
import { closingWrite, type End, hasMovedOn, tellClosed } from './closing-write.ts';
import { operation } from './operation.ts';
import { startAgain } from './start-again.ts';
import { ActionOutcome, CaseRef, Ending } from './step-contracts.ts';
import { carryOutLeft, isLeftToCarryOut } from './taking-back/close-carry-out.ts';
import { outcomeOfTakeBack } from './taking-back/close-take-back.ts';

export const CloseCase = z.object({
  pinned: CaseRef,
  /** Given where no action was due. */
  outcome: Outcome.nullable(),
  actions: z.array(ActionOutcome),
  ending: Ending.nullable().optional(),
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
    const unread = await closeUnread(ports, close);
    if (unread !== null) return unread;
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const head = await ports.cases.get(close.pinned.caseId);
      if (head === null) throw new Error(`There is no case ${close.pinned.caseId}`);
      const closed = await end(ports, close, head);
      if (closed !== null) return closed;
    }
    throw new ConflictError('round-over');
  },
});

/**
 * Closes a case that nobody else has touched since the agents decided: the chain of the ledger shows it, entry by entry,
 * and the write holds only if it still ends where the last action left it. The only action of a case has closed it
 * already, as a rule. @returns null where neither is so.
 */
async function closeUnread(ports: CloseCasePorts, close: CloseCase): Promise<Closed | null> {
  const { ending = null, actions, pinned } = close;
  const ended = actions.find((action) => action.ended !== undefined)?.ended ?? null;
  if (ended !== null) return { caseId: pinned.caseId, outcome: ended };
  const cursor = ending === null ? null : cursorAfterActions(ending.cursor, actions);
  if (ending === null || cursor === null) return null;
  const { caseId, workflow, openedAtMs } = pinned;
  const outcome = close.outcome ?? outcomeOfActions(actions);
  const end = { caseId, workflow, openedAtMs, personAsked: false, costUsd: ending.costUsd, outcome };
  return write(ports, end, { cursor, expectUnmoved: true });
}

/** Null where somebody else wrote in between, or nobody can tell. */
function cursorAfterActions(decided: Cursor, actions: readonly ActionOutcome[]): Cursor | null {
  let cursor = decided;
  for (const { state, wrote } of actions) {
    if (state !== 'done' || wrote === undefined || wrote.cursor.seq !== cursor.seq + wrote.entries) return null;
    cursor = wrote.cursor;
  }
  return cursor;
}

/** @returns null where something was written meanwhile: look again. */
async function end(ports: CloseCasePorts, close: CloseCase, head: Case): Promise<Closed | null> {
  const { id: caseId, workflow, ledger: cursor, openedAtMs, personAsked, usage } = head;
  if (head.state === 'closed') return { caseId, outcome: head.outcome };
  if (isHandedBack(close, head)) {
    await handBack(ports, close, head);
    return { caseId, outcome: null };
  }
  const isOverruled = !isResumed(close) && close.outcome === null && head.outcome === 'overturned';
  if (isOverruled && (await isLeftToCarryOut(ports, head))) return { caseId, outcome: null };
  const outcome = await outcomeOf(ports.cases, close, head);
  if (outcome === null) return { caseId, outcome };
  const ending = { caseId, workflow, openedAtMs, personAsked, costUsd: usage.costUsd, outcome };
  // An overturning is a round: it is not closed over.
  return write(ports, ending, { cursor, expectRound: head.round });
}

/** @returns null when the case was closed already, or has moved on where it must not have. */
async function write(
  { cases, clock, telemetry }: CloseCasePorts,
  end: End,
  from: Pick<CaseWrite, 'cursor' | 'expectUnmoved' | 'expectRound'>,
): Promise<Closed | null> {
  const { caseId, workflow, outcome } = end;
  const closedAtMs = clock.nowMs();
  try {
    await cases.commit({ caseId, workflow, atMs: closedAtMs, ...closingWrite(end, closedAtMs), ...from });
  } catch (error) {
    if (hasMovedOn(error)) return null;
    throw error;
  }
  tellClosed(telemetry, end, closedAtMs);
  return { caseId, outcome };
}

/** It was started after the decision, to take something back or to carry out the right one. */
function isResumed({ pinned: { resumed } }: CloseCase): boolean {
  return resumed === 'take-back' || resumed === 'carry-out';
}

/** Somebody answered a question about an action with a fact, and the agents may try again, unless they were overturned. */
function isHandedBack(close: CloseCase, { notes, outcome }: Case): boolean {
  if (isResumed(close) || outcome === 'overturned') return false;
  const { told } = close.pinned;
  return notes.length > told && told < MOST_HAND_BACKS;
}

async function handBack({ executions, telemetry }: CloseCasePorts, { pinned }: CloseCase, head: Case): Promise<void> {
  // Of what this execution knew, so that a repeat of it starts the same one.
  const resume = { kind: 'hand-back' as const, ref: String(pinned.told + 1), actionIds: [] };
  await startAgain(executions, head, resume, pinned.first);
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
