import type { RequestKind, Verb } from '../contracts/index.ts';

/** Whether an answer is not taken without words. Stopping or taking back must not wait for them. */
export function needsReason(verb: Verb, kind: RequestKind | null): boolean {
  if (verb === 'reject' && kind !== null && UNDOES.has(kind)) return false;
  return NEEDS_REASON.has(verb);
}

const UNDOES: ReadonlySet<RequestKind> = new Set(['hold-action', 'undo-action']);
/** Whether a yes needs one too is for the request to say. */
const NEEDS_REASON: ReadonlySet<Verb> = new Set(['reject', 'respond', 'take-over']);
