import { recordOf } from '../../domain/decision-record.ts';
import type { RecordChange, RecordStore } from '../../ports/index.ts';
import type { Round } from '../rounds/round.ts';
import type { Advance } from '../step-contracts.ts';

/**
 * What a round of the agents puts on the record of its case, for the write of that round. Null where no agent said
 * anything: in a round of a person, and where the trigger did not fit.
 */
export async function recordDecision(
  records: RecordStore,
  { pinned, turns, requestId, round }: Advance,
  made: Round,
  atMs: number,
): Promise<RecordChange | null> {
  if (requestId !== null || turns.length === 0) return null;
  const { caseId, workflow, versions, settings } = pinned;
  const { segment, phase, decision, verdict, actions, findings } = made;
  // In the first round there is none yet, so that an autonomous case costs no read more.
  const earlier = round === 1 ? null : await records.get(caseId);
  const agents = { caseId, workflow, version: versions.workflow, segment, phase: phase ?? settings.phase };
  const record = recordOf({ ...agents, turns: findings?.turns ?? turns, decision, verdict, actions, atMs }, earlier);
  return { record, from: earlier?.revision ?? null };
}
