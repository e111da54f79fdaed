import { SecondReview, SpotCheck } from '../../shared/contracts/index.ts';
import type { CaseWrite, ConflictKind } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

/** The conditions of the real store for draws and for cases that were drawn. */
export function spotConflict(
  { spotDraws, spotChecks, secondReviews }: MemoryTables,
  { spotDraw, spotCheck, secondReview }: CaseWrite,
): ConflictKind | null {
  if (spotDraw !== undefined) {
    const { draw, checks } = spotDraw;
    const isKnown = spotDraws.has(drawKey(draw)) || checks.some(({ caseId }) => spotChecks.has(caseId));
    if (isKnown) return 'draw-exists';
  }
  if (secondReview !== undefined) {
    const text = secondReviews.get(secondReview.review.caseId);
    const now = text === undefined ? null : SecondReview.parse(JSON.parse(text)).revision;
    if (now !== secondReview.from) return 'record-changed';
  }
  if (spotCheck === undefined) return null;
  const known = spotChecks.get(spotCheck.check.caseId);
  const revision = known === undefined ? null : SpotCheck.parse(JSON.parse(known)).revision;
  return revision === spotCheck.from ? null : 'record-changed';
}

export function applySpots(
  { spotDraws, spotChecks, secondReviews }: MemoryTables,
  { spotDraw, spotCheck, secondReview }: CaseWrite,
): void {
  if (secondReview !== undefined) {
    secondReviews.set(secondReview.review.caseId, JSON.stringify(secondReview.review));
  }
  if (spotDraw !== undefined) spotDraws.set(drawKey(spotDraw.draw), JSON.stringify(spotDraw.draw));
  for (const check of [...(spotDraw?.checks ?? []), ...(spotCheck === undefined ? [] : [spotCheck.check])]) {
    spotChecks.set(check.caseId, JSON.stringify(check));
  }
}

function drawKey({ workflow, day }: { readonly workflow: string; readonly day: string }): string {
  return `${workflow}/${day}`;
}
