import type { DecisionRecord } from '../../contracts/index.ts';
import { recordOf } from '../../domain/decision-record.ts';
import type { RecordChange } from '../../ports/index.ts';
import type { Round } from '../rounds/round.ts';
import type { Advance } from '../step-contracts.ts';

/**
 * What a round of the agents puts on the record of its case, for the write of that round. Null where no agent said
 * anything: in a round of a person, and where the trigger did not fit. `earlier`: what stands there now.
 */
export function recordDecision(
  { pinned, turns, requestId }: Advance,
  made: Round,
  { earlier, atMs }: { readonly earlier: DecisionRecord | null; readonly atMs: number },
): RecordChange | null {
  if (requestId !== null || turns.length === 0) return null;
  const { caseId, workflow, versions, settings } = pinned;
  const { segment, phase, decision, verdict, actions, findings } = made;
  const agents = { caseId, workflow, version: versions.workflow, segment, phase: phase ?? settings.phase };
  const record = recordOf({ ...agents, turns: findings?.turns ?? turns, decision, verdict, actions, atMs }, earlier);
  return { record, from: earlier?.revision ?? null };
}
