import type { Answer, CaseEvent, PersonRequest } from '../../contracts/index.ts';

/** What a person's stop or undo says beyond the answer: an error of the agent, and the right to take it back. */
export function undoEvents({ id, kind, actionId }: PersonRequest, answer: Answer): CaseEvent[] {
  if (answer.verb !== 'reject' || actionId === null) return [];
  const { by, proof, channel, reason } = answer;
  const undone = { type: 'action-undone' as const, actionId, requestId: id, by, reason };
  switch (kind) {
    case 'hold-action':
      return [{ ...undone, how: 'stopped' }];
    case 'undo-action':
      return [
        { ...undone, how: 'take-back' },
        { type: 'take-back-asked', ref: id, actionIds: [actionId], by, proof, channel, reason, overturned: null },
      ];
    default:
      return [];
  }
}
