import type { Case } from '../../contracts/index.ts';
import type { CaseRef, Pinned } from '../step-contracts.ts';

/** What holds for a step, of the case as it is stored: of its notes those that this execution knows. */
export function pinnedOf({ input, problems, settings, versions, notes }: Case, ref: CaseRef): Pinned {
  return { ...ref, input, problems, settings, versions, notes: notes.slice(0, ref.told) };
}
