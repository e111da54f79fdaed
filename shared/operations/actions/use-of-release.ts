import type { CaseEvent } from '../../contracts/index.ts';
import type { CaseWrite } from '../../ports/index.ts';
import type { PerformedAction } from './performed-action.ts';

/** What the write of an intent counts, where a remembered yes lets the action go: this use of it, or no write at all. */
export function useOfRelease(
  { action, release }: PerformedAction,
  atMs: number,
): { readonly events: readonly CaseEvent[]; readonly part: Pick<CaseWrite, 'shape'> } {
  // Once a person was asked, the action goes ahead by their answer.
  if (action.state !== 'proposed' || action.releasedBy === null || release === null) return { events: [], part: {} };
  const { id } = release.shape;
  return {
    events: [{ type: 'action-released', actionId: action.id, shapeId: id }],
    part: { shape: { kind: 'use', id, atMs } },
  };
}
