import type { Action, Settings, Verb } from '../../contracts/index.ts';
import { isYes } from '../../domain/answers.ts';
import { capCounts, capWithoutRoom, capWords, stillToCount } from '../../domain/caps.ts';
import type { CaseStore } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';

/** An answer, and what holds at its moment. */
interface Wanted {
  readonly verb: Verb;
  readonly action: Action | null;
  readonly settings: Settings;
  readonly nowMs: number;
}

/**
 * Why a yes to an action, with the values that it would have, cannot be taken now: a cap has no room for it. No yes lifts
 * a cap; the owner raises it, the day ends, or somebody does it by hand. Null where all caps have room, and for a no. The
 * write before the call checks again.
 */
export async function capProblem(
  cases: CaseStore,
  { workflow, case: case_, request }: LoadedRequest,
  { verb, action, settings, nowMs }: Wanted,
): Promise<string | null> {
  const isToAct = request.kind === 'approve-action' || request.kind === 'hold-action';
  if (action === null || !isToAct || !isYes(verb) || workflow.caps.length === 0) return null;
  const isKeyed = workflow.actions[action.action]?.connector.idempotency === 'key';
  const wanted = capCounts(workflow, action, settings, nowMs);
  const counts = stillToCount(wanted, action.counted, isKeyed);
  if (counts.length === 0) return null;
  const totals = await cases.capTotals({ caseId: case_.id, workflow: workflow.id }, counts);
  const reached = capWithoutRoom(counts, totals);
  const cap = workflow.caps.find(({ id }) => id === reached?.cap);
  if (reached === null || cap === undefined) return null;
  return `${capWords(cap, reached.limit)} This would pass it, and no yes lifts a limit: the owner can raise it.`;
}
