import type { PersonRequest } from '../../contracts/index.ts';
import type { Executions } from '../../ports/index.ts';
import { type Known, startAgain } from '../start-again.ts';

/** Somebody who was told of an action wants it taken back. */
export function isTakeBack({ kind, answer, actionId }: PersonRequest): boolean {
  return kind === 'undo-action' && answer?.verb === 'reject' && actionId !== null;
}

/** Starts the taking back that an answer asks for; nothing for any other answer. Once, however often it is called. */
export async function startTakeBack(
  executions: Pick<Executions, 'startLike'>,
  known: Known,
  request: PersonRequest,
): Promise<void> {
  const { id, actionId, answer } = request;
  if (!isTakeBack(request) || actionId === null || answer === null) return;
  await startAgain(executions, known, { kind: 'take-back', ref: id, actionIds: [actionId] });
}
