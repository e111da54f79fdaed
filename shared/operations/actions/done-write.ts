import type { Action, CaseEvent, JsonObject } from '../../contracts/index.ts';
import type { ActionMove, CaseWrite } from '../../ports/index.ts';
import type { PerformedAction } from './performed-action.ts';

/**
 * What is written once an action was done. Where it takes another one back, that one is taken back in the same write, and
 * its intent is closed for the case: nobody who took it back wants it done again, unless in the way of the right decision.
 */
export function doneWrite(
  { action, takeBack }: PerformedAction,
  { result, tookMs }: { readonly result: JsonObject; readonly tookMs: number },
): Pick<CaseWrite, 'events' | 'actions' | 'closedIntents'> {
  const { id: actionId, digest } = action;
  const done: CaseEvent = { type: 'action-done', actionId, digest, result, tookMs };
  const move: ActionMove = {
    action: { ...action, state: 'done', result },
    from: { states: ['intended', 'unsure'], digest },
  };
  const original = takeBack?.original ?? null;
  if (original === null) return { events: [done], actions: [move] };
  const by = takeBack?.askedBy ?? 'nobody';
  const reason = `Taken back by ${by}.`;
  const closed = takeBack?.isReplaced === true ? [] : [original.intent];
  return {
    events: [
      done,
      { type: 'action-taken-back', actionId: original.id, compensation: actionId, by },
      ...closed.map((intent) => ({ type: 'intent-closed' as const, intent, by, reason })),
    ],
    actions: [move, { action: takenBack(original), from: { states: ['done', 'taken-back'], digest: original.digest } }],
    closedIntents: closed,
  };
}

function takenBack(original: Action): Action {
  return { ...original, state: 'taken-back' };
}
