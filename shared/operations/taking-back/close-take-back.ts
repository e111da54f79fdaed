import type { Action, Case, Outcome } from '../../contracts/index.ts';

/**
 * What a case comes to once something was taken back; null while it is not over. Only a case that was closed before is
 * closed here, by the last execution that takes something back: an open one is closed by whoever works on it. What was
 * said of the case before still holds where nothing was taken back after all.
 */
export function outcomeOfTakeBack({ reopened, outcome }: Case, known: readonly Action[]): Outcome | null {
  const compensating = known.filter(({ compensates }) => compensates !== null);
  if (!reopened || compensating.some(({ state }) => !OVER.has(state))) return null;
  if (outcome === 'overturned') return 'overturned';
  return compensating.some(({ state }) => state === 'done') ? 'undone' : (outcome ?? 'nothing-to-do');
}

const OVER: ReadonlySet<Action['state']> = new Set(['done', 'refused', 'taken-back']);
