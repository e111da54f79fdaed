import type { Action, CaseEvent, CaseId, JsonObject } from '../contracts/index.ts';

/** A right decision that somebody gave in overturning, and that is to be carried out. */
export interface CarryOut {
  readonly ref: string;
  readonly by: string;
  readonly reason: string;
  readonly decision: JsonObject;
  /** Actions of the case itself that are taken back before. */
  readonly takeBack: readonly string[];
}

/** That of the latest overturning of a case; null where there is none, or somebody has decided anew since. */
export function carryOutOf(events: readonly CaseEvent[], caseId: CaseId): CarryOut | null {
  const at = events.findLastIndex(({ type }) => type === 'decision-overturned');
  const overturned = events[at];
  if (overturned?.type !== 'decision-overturned' || !overturned.carryOut || overturned.after === null) return null;
  const { ref, by, reason, after: decision, takeBack } = overturned;
  const isDecidedAnew = events
    .slice(at)
    .some((event) => event.type === 'decision-made' && event.decision !== null && !isRoundOf(event, ref));
  if (isDecidedAnew) return null;
  const own = takeBack.filter((wanted) => wanted.caseId === caseId).map(({ actionId }) => actionId);
  return { ref, by, reason, decision, takeBack: own };
}

/** What was planned to carry it out, over all tries; null while nothing is on record. */
export function plannedFor(events: readonly CaseEvent[], ref: string): ReadonlySet<string> | null {
  const rounds = events.flatMap((event) => (isRoundOf(event, ref) ? [event] : []));
  if (rounds.length === 0) return null;
  return new Set(rounds.flatMap(({ actions }) => actions.map(({ id }) => String(id))));
}

/** Whether all that was planned for it has come to an end. */
export function isCarriedOut(events: readonly CaseEvent[], ref: string, known: readonly Action[]): boolean {
  const planned = plannedFor(events, ref);
  return planned !== null && known.every(({ id, state }) => !planned.has(id) || OVER.has(state));
}

const OVER: ReadonlySet<Action['state']> = new Set(['done', 'refused', 'taken-back']);

/** What its rounds go back to, as the ledger names it. */
function carryOutOccasion(ref: string): string {
  return `carry-out:${ref}`;
}

function isRoundOf(event: CaseEvent, ref: string): event is Extract<CaseEvent, { type: 'decision-made' }> {
  return event.type === 'decision-made' && event.occasion?.startsWith(carryOutOccasion(ref)) === true;
}
