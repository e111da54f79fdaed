import type { FieldSpec, Label, LearnedSpec } from './contract.ts';
import { doubtfulValues } from './doubtful-values.ts';
import { FEWEST_OUT_OF_SCOPE, type Outcome, shareWeights } from './outcome.ts';
import { findThreshold, type Threshold } from './threshold.ts';

const LEAST_CONFIDENCE = 0.5;

/** From where on a field decides alone, and which of its values it never does. */
export interface Acceptance {
  /** Undefined: suggest only. */
  readonly threshold: Threshold | undefined;
  readonly doubtful: readonly Label[];
}

export interface AcceptOptions {
  readonly target: number;
  readonly weightOf: (outcome: Outcome) => number;
  /** Values that miss the target by themselves are taken out and the threshold is found again without them. */
  readonly judgesEachValue: boolean;
}

/** What a field's outcomes support for the target. */
export function acceptFrom(outcomes: readonly Outcome[], options: AcceptOptions): Acceptance {
  const { target, weightOf, judgesEachValue } = options;
  const first = thresholdFor(outcomes, target, weightOf);
  const doubtful = judgesEachValue ? doubtfulValues(outcomes, first, target) : [];
  if (doubtful.length === 0) return { threshold: first, doubtful };
  const others = outcomes.map((one) => (isDoubtful(one, doubtful) ? { ...one, isAcceptable: false } : one));
  return { threshold: thresholdFor(others, target, weightOf), doubtful };
}

/** How a field accepts for a target; a field with two labels judges each unless told otherwise. */
export function acceptOptions(
  outcomes: readonly Outcome[],
  field: FieldSpec,
  spec: LearnedSpec,
  target: number,
): AcceptOptions {
  const labels = new Set(outcomes.map(({ expected }) => expected).filter((label) => label !== null));
  const judgesEachValue = field.judgesEachValue ?? labels.size === 2;
  return { target, weightOf: shareWeights(outcomes, spec.outOfScopeShare), judgesEachValue };
}

function isDoubtful({ value }: Outcome, doubtful: readonly Label[]): boolean {
  return value !== null && doubtful.includes(value);
}

function thresholdFor(
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
