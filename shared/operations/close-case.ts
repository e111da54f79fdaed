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
import { operation } from './operation.ts';
import { startAgain } from './start-again.ts';
import { ActionOutcome, Ending, Pinned } from './step-contracts.ts';
import { outcomeOfTakeBack } from './taking-back/close-take-back.ts';

export const CloseCase = z.object({
  pinned: Pinned,
  /** Given where no action was due. */
  outcome: Outcome.nullable(),
  actions: z.array(ActionOutcome),
  ending: Ending.nullable().optional(),
});
type CloseCase = z.infer<typeof CloseCase>;

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
 * closed once all of that is over.
 */
export const closeCase = operation({
  name: 'close-case',
  input: CloseCase,
  async run(ports: CloseCasePorts, close): Promise<Closed> {
    const { pinned } = close;
    const unread = await closeUnread(ports, close);
    if (unread !== null) return unread;
    const head = await ports.cases.get(pinned.caseId);
    if (head === null) throw new Error(`There is no case ${pinned.caseId}`);
    if (head.state === 'closed') return { caseId: pinned.caseId, outcome: head.outcome };
    if (isHandedBack(close, head)) {
      await handBack(ports, close, head);
      return { caseId: pinned.caseId, outcome: null };
    }
    const outcome = await outcomeOf(ports.cases, close, head);
    if (outcome === null) return { caseId: pinned.caseId, outcome };
    const { id: caseId, workflow, ledger: cursor, openedAtMs, personAsked, usage } = head;
    const end = { caseId, workflow, cursor, openedAtMs, personAsked, costUsd: usage.costUsd, outcome };
    // Where it is refused, another run of this step was first, and told of it.
    return (await write(ports, end, {})) ?? { caseId, outcome };
  },
});

/**
 * Closes a case that nobody else has touched since the agents decided: the chain of the ledger shows it, entry by entry,
 * and the write holds only if it still ends where the last action left it. @returns null where that is not so.
 */
async function closeUnread(ports: CloseCasePorts, close: CloseCase): Promise<Closed | null> {
  const { ending = null, actions, pinned } = close;
  const cursor = ending === null ? null : cursorAfterActions(ending.cursor, actions);
  if (ending === null || cursor === null) return null;
  const { caseId, workflow, openedAtMs } = pinned;
  const outcome = close.outcome ?? outcomeOfActions(actions);
  const end = { caseId, workflow, cursor, openedAtMs, personAsked: false, costUsd: ending.costUsd, outcome };
  return write(ports, end, { expectLedger: true });
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

interface End {
  readonly caseId: Case['id'];
  readonly workflow: string;
  readonly cursor: Cursor;
  readonly openedAtMs: number;
  readonly personAsked: boolean;
  readonly costUsd: number;
  readonly outcome: Outcome;
}

/** @returns null when the case was closed already, or its ledger has moved on where it must not have. */
async function write(
  { cases, clock, telemetry }: CloseCasePorts,
  { caseId, workflow, cursor, openedAtMs, personAsked, costUsd, outcome }: End,
  only: Pick<CaseWrite, 'expectLedger'>,
): Promise<Closed | null> {
  const closedAtMs = clock.nowMs();
  const tookMs = closedAtMs - openedAtMs;
  try {
    await cases.commit({
      ...{ caseId, workflow, cursor, atMs: closedAtMs },
      events: [{ type: 'case-closed', outcome, costUsd, tookMs, personAsked }],
      head: { state: 'closed', outcome, closedAtMs, reopened: false },
      expectOpen: true,
      ...only,
    });
  } catch (error) {
    const isRefused = error instanceof ConflictError && ['case-closed', 'ledger-moved'].includes(error.kind);
    if (!isRefused) throw error;
    return null;
  }
  telemetry.log('case-closed', { caseId, workflow, outcome, tookMs, personAsked });
  return { caseId, outcome };
}

/** Somebody answered a question about an action with a fact, and the agents may try again. */
function isHandedBack({ pinned }: CloseCase, { notes }: Case): boolean {
  return pinned.resumed !== 'take-back' && notes.length > pinned.notes.length && pinned.notes.length < MOST_HAND_BACKS;
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
async function outcomeOf(
  cases: CaseStore,
  { outcome, actions, pinned }: CloseCase,
  head: Case,
): Promise<Outcome | null> {
  if (pinned.resumed === 'take-back') {
    const over = outcomeOfTakeBack(head, await cases.actions(head.id));
    return over === null ? null : (outcome ?? over);
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
