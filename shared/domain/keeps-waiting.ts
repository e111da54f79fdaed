import type { PersonRequest } from '../contracts/index.ts';

/** About what is done already, or deciding nothing: the case goes on, or is over, whatever is answered. */
const LOOKS_BACK: ReadonlySet<PersonRequest['kind']> = new Set(['undo-action', 'spot-check', 'second-review']);

/** Whether a case waits for the answer to its question. */
export function keepsWaiting({ kind }: Pick<PersonRequest, 'kind'>): boolean {
  return !LOOKS_BACK.has(kind);
}
