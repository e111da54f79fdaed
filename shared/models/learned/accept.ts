import { FEWEST_OUT_OF_SCOPE, type Outcome } from './outcome.ts';
import { findThreshold, type Threshold } from './threshold.ts';

const LEAST_CONFIDENCE = 0.5;

/** The threshold that a field's outcomes support for the target, or undefined: suggest only. */
export function acceptFrom(
  outcomes: readonly Outcome[],
  target: number,
  weightOf: (outcome: Outcome) => number,
): Threshold | undefined {
  const candidates = outcomes
    .filter(({ isAcceptable }) => isAcceptable)
    .map((one) => ({ confidence: one.raw, isRight: one.isRight, weight: weightOf(one) }));
  const found = findThreshold(candidates, target, outcomes.length);
  if (!found || found.value >= LEAST_CONFIDENCE || knowsOutside(outcomes)) return found;
  return { ...found, value: LEAST_CONFIDENCE };
}

function knowsOutside(outcomes: readonly Outcome[]): boolean {
  return outcomes.filter(({ expected }) => expected === null).length >= FEWEST_OUT_OF_SCOPE;
}
