import type { Case, CaseEvent, Usage } from '../../contracts/index.ts';
import type { Coordination } from '../../domain/patterns/plan.ts';
import { addUsage, totalUsage } from '../../domain/usage.ts';
import type { CaseStore, Clock, Telemetry } from '../../ports/index.ts';
import type { Advance, Advanced } from '../step-contracts.ts';

/** Puts the turns of a round on record, with those that are due next and what they are handed. Nothing is decided yet. */
export async function planTurns(
  ports: { readonly cases: CaseStore; readonly clock: Clock; readonly telemetry: Telemetry },
  { pinned, turns, round, cursor, run = '' }: Advance,
  { turns: due, count }: Extract<Coordination, { kind: 'turns' }>,
  spent: Usage,
): Promise<Advanced> {
  const usage = totalUsage(turns);
  const events: CaseEvent[] = [
    ...turns.map((turn) => ({ type: 'turn-finished' as const, round, turn })),
    ...(count === null ? [] : [{ type: 'votes-counted' as const, round, count }]),
    { type: 'turns-planned', round, turns: [...due] },
  ];
  const head: Partial<Case> = { round, usage: addUsage(spent, usage), state: 'open' };
  const made = await ports.cases.commit({
    ...{ caseId: pinned.caseId, workflow: pinned.workflow, cursor, atMs: ports.clock.nowMs(), events, head },
    dueTurns: { run, round: round + 1, turns: due },
    expectRound: round - 1,
  });
  const hasFailed = turns.some(({ status }) => status === 'failed');
  ports.telemetry.count('Errors', hasFailed ? 1 : 0, pinned.workflow);
  ports.telemetry.count('ModelCost', usage.costUsd, pinned.workflow);
  return goingOn(pinned, round, made, due);
}

/** What the state machine is told: which turns are next. */
export function goingOn(
  { notes }: Advance['pinned'],
  round: number,
  cursor: Advanced['cursor'],
  turns: Advanced['turns'] | Extract<Coordination, { kind: 'turns' }>['turns'],
): Advanced {
  return { next: 'agents', cursor, round, actions: [], outcome: null, turns: [...turns], notes, ending: null };
}
