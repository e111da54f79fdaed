import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import type { Stated } from './reliability.ts';

/** What would be decided alone from a confidence on. */
export interface CurvePoint {
  readonly confidence: number;
  /** Share of all cases, 0 to 1. */
  readonly coverage: number;
  readonly right: Share;
}

/**
 * From the surest answer down: how many are decided alone, and how many of these are right. Answers of equal confidence
 * come in together.
 * @param all cases, those without an answer too
 */
export function accuracyCoverage(answers: readonly Stated[], all: number): CurvePoint[] {
  const sorted = [...answers].sort((a, b) => b.confidence - a.confidence);
  const points: CurvePoint[] = [];
  let right = 0;
  for (const [at, { confidence, isRight }] of sorted.entries()) {
    if (isRight) right += 1;
    if (sorted[at + 1]?.confidence === confidence) continue;
    points.push({ confidence, coverage: (at + 1) / all, right: shareOf(right, at + 1) });
  }
  return points;
}

/**
 * The lowest confidence down to which the lower end of the interval holds a target, walked from the top in steps of 2.5 % of
 * the cases and left at the first step that misses it; null where the first does. The fixed order keeps the bound honest:
 * picking the best of all points would not.
 * The first step takes twice the answers that prove the target when all are right, so that it may hold an error.
 * @param fewest answers that a first step takes at least
 */
export function thresholdFor(curve: readonly CurvePoint[], target: number, fewest: number): CurvePoint | null {
  const first = Math.max(fewest, (2 * target * Z * Z) / (1 - target));
  let found: CurvePoint | null = null;
  let next = 0;
  for (const [at, point] of curve.entries()) {
    const isLast = at === curve.length - 1;
    if (point.right.of < first || (point.coverage < next && !isLast)) continue;
    if (point.right.lower < target) break;
    found = point;
    next = point.coverage + 0.025;
  }
  return found;
}

/** 95 % two-sided: so many right answers in a row prove a target t: t z² / (1 − t). */
const Z = 1.959_964;
