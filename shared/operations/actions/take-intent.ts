import type { Action } from '../../contracts/index.ts';
import { intentKey, mayHaveHappened, roundOf } from '../../domain/plan-actions.ts';
import { type CaseStore, type CaseWrite, type Clock, ConflictError } from '../../ports/index.ts';
import type { ActionOutcome } from '../step-contracts.ts';
import type { PerformedAction } from './performed-action.ts';

/** Who else may have done what an action is about to do. */
export type Taken =
  | { readonly kind: 'free'; readonly instead: { readonly round: number; readonly actionIds: readonly string[] } }
  | { readonly kind: 'taken'; readonly by: Action };

/**
 * By which the write of an intent keeps the actions of other rounds from it. Actions of one decision may be alike, and what
 * takes another one back is kept to once by that other one.
 */
export function intentOf(
  action: Action,
  free: Extract<Taken, { kind: 'free' }> | null,
): Pick<CaseWrite, 'takesIntent' | 'whileIntentOpen'> {
  const { intent, compensates } = action;
  if (compensates !== null) return { whileIntentOpen: intent };
  return { takesIntent: { intent, round: roundOf(action), instead: free?.instead ?? null } };
}

/** Looks at the actions of the round that has the intent: whether one of them took effect, or may have. */
export async function whoHasIntent(
  cases: CaseStore,
  { case: case_, action }: PerformedAction,
  round: number,
): Promise<Taken> {
  const alike = (await cases.actions(case_.id)).filter(
    (other) =>
      roundOf(other) === round && intentKey(other.intent) === intentKey(action.intent) && other.compensates === null,
  );
  const by = alike.find(mayHaveHappened);
  if (by !== undefined) return { kind: 'taken', by };
  return { kind: 'free', instead: { round, actionIds: alike.map(({ id }) => id) } };
}

/** The action is refused for good: no yes makes the same happen twice. */
export async function refuseAsTaken(
  ports: { readonly cases: CaseStore; readonly clock: Clock },
  { case: case_, action }: PerformedAction,
  by: Action,
): Promise<ActionOutcome> {
  const { id: actionId, state, digest } = action;
  const happened = by.state === 'done' ? 'was done' : 'may have been done';
  const reason = `The same ${happened} in this case already, by "${by.title}" (${by.id}).`;
  try {
    await ports.cases.commit({
      ...{ caseId: case_.id, workflow: case_.workflow, cursor: case_.ledger, atMs: ports.clock.nowMs() },
      events: [{ type: 'action-refused', actionId, reason }],
      actions: [{ action: { ...action, state: 'refused', reasons: [reason] }, from: { states: [state], digest } }],
    });
  } catch (error) {
    // Another run of this step was first.
    if (!(error instanceof ConflictError && error.kind === 'action-moved')) throw error;
  }
  return { actionId, state: 'refused' };
}
