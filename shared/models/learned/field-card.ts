import { wilsonLower, wilsonUpper } from '../../domain/wilson.ts';
import { type Acceptance, acceptFrom, acceptOptions } from './accept.ts';
import { calibrationError } from './calibration-error.ts';
import { applyCurve, type ConfidenceCurve } from './confidence-curve.ts';
import type { Label } from './contract.ts';
import type { CheckedOn, FieldTraining, Finding } from './field-training.ts';
import { targetOf } from './field-training.ts';
import type { LearningStep } from './learning-curve.ts';
import type { Outcome } from './outcome.ts';
import { missingExamples } from './shortfall.ts';
import type { Threshold } from './threshold.ts';

/** What is known of one field, measured on rows that its models had not seen. Shares are 0 to 1. */
export interface FieldCard {
  readonly name: string;
  readonly by: string;
  readonly isRequired: boolean;
  readonly examples: number;
  readonly checkedOn: CheckedOn;
  readonly accuracy: number;
  /** 95 % Wilson interval. */
  readonly accuracyFrom: number;
  readonly accuracyTo: number;
  readonly calibrationError: number;
  /** What drift is measured against. */
  readonly confidence: ConfidenceProfile;
  readonly target: number;
  /** Null: suggest only. */
  readonly threshold: ThresholdCard | null;
  /** Suggested, never decided: wrong too often above the threshold. */
  readonly doubtfulValues: readonly string[];
  /** What other targets would give. */
  readonly atTargets: readonly AtTarget[];
  /** Estimate of the examples that the target still needs; null where it holds or more of the same would not help. */
  readonly missingExamples: number | null;
  readonly learningCurve: readonly LearningStep[];
  readonly rareLabels: readonly string[];
  readonly outOfScopeExamples: number;
}

/** Confidence over the checked rows. */
export interface ConfidenceProfile {
  readonly mean: number;
  /** The nine edges between tenths of the rows. */
  readonly deciles: readonly number[];
}

export interface AtTarget {
  readonly target: number;
  /** Confidence before the curve. */
  readonly raw: number;
  readonly coverage: number;
  readonly accuracy: number;
  readonly doubtful: readonly Label[];
}

export interface ThresholdCard {
  /** As people see it. */
  readonly confidence: number;
  /** Share of the checked rows that would be decided alone. */
  readonly coverage: number;
  readonly accuracy: number;
  readonly bound: number;
  readonly rows: number;
}

const TWO_SIDED_95 = 1.96;

export function fieldCard(
  training: FieldTraining,
  { decision, outcomes, checkedOn, steps, examples, rareLabels }: Finding,
  curve: ConfidenceCurve,
  { threshold, doubtful }: Acceptance,
): FieldCard {
  const right = outcomes.filter(({ isRight }) => isRight).length;
  const seen = outcomes.map(({ raw, isRight }) => ({ confidence: applyCurve(curve, raw), isRight }));
  const target = targetOf(training);
  return {
    name: training.field.name,
    by: decision.by,
    isRequired: training.field.required ?? true,
    examples,
    checkedOn,
    accuracy: right / Math.max(1, outcomes.length),
    accuracyFrom: wilsonLower(right, outcomes.length, TWO_SIDED_95),
    accuracyTo: wilsonUpper(right, outcomes.length, TWO_SIDED_95),
    calibrationError: calibrationError(seen),
    confidence: profileOf(seen.map(({ confidence }) => confidence)),
    target,
    threshold: threshold ? thresholdCard(threshold, curve, outcomes.length) : null,
    doubtfulValues: doubtful.map(String),
    atTargets: TARGETS.flatMap((other) => atTarget(training, outcomes, other)),
    missingExamples: threshold ? null : missingExamples(outcomes, target, steps),
    learningCurve: steps,
    rareLabels,
    outOfScopeExamples: outcomes.filter(({ expected }) => expected === null).length,
  };
}

function profileOf(confidences: readonly number[]): ConfidenceProfile {
  const sorted = [...confidences].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  const deciles = Array.from({ length: 9 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / 10)] ?? 0);
  return { mean, deciles };
}

const TARGETS = [0.8, 0.85, 0.9, 0.95, 0.98];

function atTarget({ field, spec }: FieldTraining, outcomes: readonly Outcome[], target: number): AtTarget[] {
  const options = acceptOptions(outcomes, field, spec, target);
  const { threshold: found, doubtful } = acceptFrom(outcomes, options);
  if (!found) return [];
  return [{ target, raw: found.value, coverage: found.rows / outcomes.length, accuracy: found.accuracy, doubtful }];
}

function thresholdCard(threshold: Threshold, curve: ConfidenceCurve, rows: number): ThresholdCard {
  return {
    confidence: applyCurve(curve, threshold.value),
    coverage: threshold.rows / rows,
    accuracy: threshold.accuracy,
    bound: threshold.bound,
    rows: threshold.rows,
  };
}
