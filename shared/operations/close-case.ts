import * as z from 'zod';
import { Outcome } from '../contracts/index.ts';
import { type CaseStore, type Clock, ConflictError, type Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { ActionOutcome, Pinned } from './step-contracts.ts';

export const CloseCase = z.object({
  pinned: Pinned,
  /** Given where no action was due. */
  outcome: Outcome.nullable(),
  actions: z.array(ActionOutcome),
});

/** The end of a case: its outcome, cost and time on record. Closing it again changes nothing. */
export const closeCase = operation({
  name: 'close-case',
  input: CloseCase,
  async run(
    ports: { cases: CaseStore; clock: Clock; telemetry: Telemetry },
    close,
  ): Promise<{ caseId: string; outcome: string }> {
    const { pinned, actions } = close;
    const outcome = close.outcome ?? outcomeOf(actions);
    const closedAtMs = ports.clock.nowMs();
    const tookMs = closedAtMs - pinned.openedAtMs;
    const head = await ports.cases.get(pinned.caseId);
    if (head === null) throw new Error(`There is no case ${pinned.caseId}`);
    if (head.state === 'closed') return { caseId: pinned.caseId, outcome: head.outcome ?? outcome };
    const { personAsked, usage } = head;
    try {
      await ports.cases.commit({
        caseId: pinned.caseId,
        workflow: pinned.workflow,
        cursor: head.ledger,
        atMs: closedAtMs,
        events: [{ type: 'case-closed', outcome, costUsd: usage.costUsd, tookMs, personAsked }],
        head: { state: 'closed', outcome, closedAtMs },
        expectOpen: true,
      });
    } catch (error) {
      if (!(error instanceof ConflictError && error.kind === 'case-closed')) throw error;
      // Another run of this step was first, and told of it.
      return { caseId: pinned.caseId, outcome };
    }
    ports.telemetry.log('case-closed', {
      caseId: pinned.caseId,
      workflow: pinned.workflow,
      outcome,
      tookMs,
      personAsked,
    });
    return { caseId: pinned.caseId, outcome };
  },
});

function outcomeOf(actions: readonly ActionOutcome[]): Outcome {
  if (actions.some(({ state }) => state === 'unsure')) return 'left-to-person';
  if (actions.some(({ state }) => state === 'done')) return 'done';
  return actions.length === 0 ? 'nothing-to-do' : 'refused';
}
