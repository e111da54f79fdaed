import { type Action, ActionId, type Case, CaseId } from '../contracts/index.ts';
import { mayHaveHappened } from './plan-actions.ts';

type Cause = NonNullable<Case['causedBy']>;

/** Which action an idempotency key is of; null for anything else. That there is such an action is not known by it. */
export function causeOfKey(key: unknown): Cause | null {
  if (typeof key !== 'string') return null;
  const dot = key.indexOf('.');
  const caseId = CaseId.safeParse(key.slice(0, Math.max(0, dot)));
  const actionId = ActionId.safeParse(key.slice(dot + 1));
  return caseId.success && actionId.success ? { caseId: caseId.data, actionId: actionId.data } : null;
}

/** Only what took effect, or may have, can have made something happen in another case. */
export function mayBeCauseOf(caseId: CaseId, cause: Cause, action: Action | null): boolean {
  return cause.caseId !== caseId && action !== null && (mayHaveHappened(action) || action.state === 'taken-back');
}
