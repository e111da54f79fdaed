import type { Action, Answer, CaseEvent, PersonRequest } from '../../contracts/index.ts';
import type { JudgedItem } from '../../domain/judged-items.ts';
import type { ActionMove, CaseWrite } from '../../ports/index.ts';
import type { LoadedRequest } from '../load-request.ts';
import { undoEvents } from '../taking-back/undo-events.ts';
import { correctionOf } from './correction-of.ts';

type Written = Pick<
  CaseWrite,
  'events' | 'changedRequest' | 'actions' | 'closedIntents' | 'head' | 'examples' | 'expectUnmoved'
>;

/** The one write by which an answer decides. @param items what it may correct item by item */
export function decidingWrite(
  loaded: LoadedRequest,
  request: PersonRequest & { readonly answer: Answer },
  edited: Action | null,
  items: readonly JudgedItem[],
): Written {
  const { request: before, case: case_, action } = loaded;
  const { id: requestId, actionId, answer } = request;
  const moved = action === null ? NOTHING : moveAction(action, { request, edited });
  const isNoted = answer.verb === 'respond' && action !== null;
  const note = { by: answer.by, atMs: answer.atMs, text: answer.reason };
  return {
    events: [
      { type: 'request-answered', requestId, actionId, answer },
      ...(isNoted ? [{ type: 'case-handed-back' as const, requestId, by: note.by, text: note.text }] : []),
      ...moved.events,
      ...undoEvents(request, answer),
    ],
    head: {
      ...(isNoted ? { notes: [...case_.notes, note] } : {}),
      // Whoever takes an action over has the case: it is closed as left to them, whatever becomes of its other actions.
      ...(answer.verb === 'take-over' && action !== null ? { outcome: 'left-to-person' as const } : {}),
    },
    // A note is put behind those that were read: one that came in between must not be lost.
    ...(isNoted ? { expectUnmoved: true } : {}),
    changedRequest: { request, from: before },
    actions: moved.actions,
    closedIntents: moved.closedIntents,
    examples: correctionOf(loaded, request, answer, items),
  };
}

/** One yes of several, or other values that others have to agree with. */
export function votingWrite(
  { request: before, action }: LoadedRequest,
  request: PersonRequest,
  { vote, edited }: { readonly vote: Answer; readonly edited: Action | null },
): Written {
  const { id: requestId, actionId, votes, quorum } = request;
  const events: CaseEvent[] = [{ type: 'vote-given', requestId, actionId, vote, votes: votes.length, quorum }];
  if (edited === null || action === null) return { events, changedRequest: { request, from: before } };
  events.push({
    ...{ type: 'request-changed', requestId, actionId, by: vote.by },
    ...{ before: action.arguments, after: edited.arguments, digest: edited.digest },
  });
  const move: ActionMove = { action: edited, from: { states: ['asked'], digest: action.digest } };
  return { events, changedRequest: { request, from: before }, actions: [move] };
}

type Moved = {
  readonly actions: readonly ActionMove[];
  readonly events: readonly CaseEvent[];
  readonly closedIntents: readonly Action['intent'][];
};

const NOTHING: Moved = { actions: [], events: [], closedIntents: [] };

function moveAction(
  action: Action,
  {
    request,
    edited,
  }: { readonly request: PersonRequest & { readonly answer: Answer }; readonly edited: Action | null },
): Moved {
  const { answer, kind } = request;
  // An answer about what is done already, or about the workflow's limits, moves nothing by itself.
  if (kind === 'undo-action' || kind === 'change-phase') return NOTHING;
  const from = { states: ['asked' as const, 'held' as const], digest: action.digest };
  switch (answer.verb) {
    case 'approve':
      return {
        ...NOTHING,
        actions: [{ action: kind === 'hold-action' ? action : { ...action, state: 'approved' }, from }],
      };
    case 'edit': {
      const after = edited ?? action;
      const { id: actionId, digest } = after;
      const change = { actionId, by: answer.by, before: action.arguments, after: after.arguments, digest };
      return {
        ...NOTHING,
        actions: [{ action: { ...after, state: 'approved' }, from }],
        events: [{ type: 'action-edited', ...change }],
      };
    }
    case 'reject':
      return refused(action, answer, [action.intent]);
    case 'respond':
    case 'take-over':
      // Not done this time; the agents, or the person by hand, may still come to it.
      return refused(action, answer, []);
  }
}

function refused(action: Action, { by, reason }: Answer, closedIntents: readonly Action['intent'][]): Moved {
  const words = reason === '' ? 'Stopped by a person.' : reason;
  const from = { states: ['asked' as const, 'held' as const], digest: action.digest };
  return {
    actions: [{ action: { ...action, state: 'refused', reasons: [words] }, from }],
    events: [
      { type: 'action-refused', actionId: action.id, reason: words },
      ...closedIntents.map((intent) => ({ type: 'intent-closed' as const, intent, by, reason: words })),
    ],
    closedIntents,
  };
}
