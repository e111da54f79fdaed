import type { Workflow } from '../../authoring/index.ts';
import type { Action, Case, CaseEvent, JsonObject } from '../../contracts/index.ts';
import { examplesOf } from '../../domain/corrections.ts';
import type { JudgedItem } from '../../domain/judged-items.ts';
import type { CaseWrite, RecordChange } from '../../ports/index.ts';
import type { OverturnCase } from '../overturn-case.ts';
import type { Consequences } from '../read-consequences.ts';
import { type Chosen, idsIn } from './ask-back.ts';
import { refusedBy } from './drop-pending.ts';

export interface Overturning {
  readonly case_: Case;
  readonly workflow: Workflow;
  readonly consequences: Consequences;
  readonly before: JsonObject;
  readonly after: JsonObject | null;
  readonly chosen: readonly Chosen[];
  /** What still waits because of the decision, and is refused in the same write. */
  readonly last: readonly Action[];
  /** By which it counts against the agents; null where they decided nothing. */
  readonly record: RecordChange | null;
  /** What was judged item by item in the case. */
  readonly items: readonly JudgedItem[];
  readonly atMs: number;
}

/**
 * The one write that overturns. It takes a round of the case, so that of two at the same time one is told that something
 * changed, and so is one that comes in the middle of a decision.
 */
export function overturnWrite(made: Overturning, command: OverturnCase, ref: string): CaseWrite {
  const { case_, after, last, record, atMs } = made;
  const decided = after === null ? {} : { decision: after, decidedBy: command.by, confidence: 1 };
  const refused = refusedBy(command, last);
  return {
    ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs },
    ...refused,
    events: [...eventsOf(made, command, ref), ...refused.events],
    expectRound: case_.round,
    head: { ...decided, round: case_.round + 1, outcome: 'overturned' },
    examples: correctionIn(made, command, ref),
    overturning: ref,
    ...(record === null ? {} : { record }),
  };
}

function eventsOf(
  { consequences, before, after, chosen }: Overturning,
  command: OverturnCase,
  ref: string,
): CaseEvent[] {
  const { by, proof, channel, reason, digest: seen, caseId, carryOut } = command;
  const shown = consequences.cases.flatMap((one) =>
    one.actions.map(({ actionId, state }) => ({ caseId: one.caseId, actionId, state })),
  );
  const actionIds = idsIn(command, caseId);
  return [
    {
      ...{ type: 'decision-overturned', ref, by, proof, channel, reason, before, after, seen },
      ...{ consequences: shown, takeBack: [...chosen], carryOut: carryOut && after !== null },
    },
    ...(actionIds.length === 0
      ? []
      : [{ type: 'take-back-asked' as const, ref, actionIds, by, proof, channel, reason, overturned: caseId }]),
  ];
}

function correctionIn(
  { case_, workflow, after, atMs, items }: Overturning,
  { by, reason }: OverturnCase,
  ref: string,
): NonNullable<CaseWrite['examples']> {
  if (after === null) return [];
  return examplesOf(workflow, case_, { ref, how: 'overturned', by, atMs, reason, after }, items);
}
