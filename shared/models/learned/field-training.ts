import { acceptFrom, acceptOptions } from './accept.ts';
import { fitFieldCurve } from './calibrate.ts';
import type { Cases } from './cases.ts';
import type { FieldSpec, LearnedSpec } from './contract.ts';
import { type FieldCard, fieldCard } from './field-card.ts';
import type { Decision, FieldModel } from './field-model.ts';
import { dealFolds, newestFifth, type Split } from './folds.ts';
import type { FoundCross } from './found-cross.ts';
import type { HistoryPlan } from './history-keys.ts';
import type { LabelledRow } from './labels.ts';
import type { LearningStep } from './learning-curve.ts';
import type { Outcome } from './outcome.ts';
import { fewestRows } from './threshold.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the training of one field starts from. */
export interface FieldTraining {
  readonly cases: Cases;
  readonly field: FieldSpec;
  readonly spec: LearnedSpec;
  /** Of all rows; the shipped models of all fields share it. */
  readonly vocabulary: Vocabulary;
  readonly history: HistoryPlan | null;
  /** The last crosses of the plan. */
  readonly found: readonly FoundCross[];
}

export interface TrainedField {
  readonly model: FieldModel;
  /** One per row that was checked by a model that had not seen it. */
  readonly outcomes: readonly Outcome[];
  readonly card: FieldCard;
}

/** How the rows were checked. */
export interface Checking {
  readonly splits: readonly Split[];
  readonly checkedOn: CheckedOn;
}

export type CheckedOn = 'five folds' | 'newest fifth' | 'nothing';

export interface Finding {
  readonly decision: Decision;
  readonly outcomes: readonly Outcome[];
  readonly checkedOn: CheckedOn;
  readonly steps: readonly LearningStep[];
  /** Examples that carry the field. */
  readonly examples: number;
  readonly rareLabels: readonly string[];
}

export function targetOf({ field, spec }: FieldTraining): number {
  return field.target ?? spec.target;
}

/** Newest fifth where rows have dates and the fifth is enough for a threshold, else five folds. */
export function splitRows(training: FieldTraining, rows: readonly LabelledRow[]): Checking {
  const { cases } = training;
  const known = rows.map(({ row, label }) => {
    return { row, label, unit: cases.units[row] ?? '', date: cases.examples[row]?.date };
  });
  const newest = newestFifth(known, 2 * fewestRows(targetOf(training), 0));
  return newest
    ? { splits: [newest], checkedOn: 'newest fifth' }
    : { splits: dealFolds(known), checkedOn: 'five folds' };
}

/** Puts threshold, curve and card to what a field's training found. */
export function finishField(training: FieldTraining, finding: Finding): TrainedField {
  const { field, spec } = training;
  const { outcomes, decision } = finding;
  const options = acceptOptions(outcomes, field, spec, targetOf(training));
  const acceptance = acceptFrom(outcomes, options);
  const curve = fitFieldCurve(outcomes, options.weightOf);
  const threshold = acceptance.threshold?.value ?? null;
  const { doubtful } = acceptance;
  const model = { name: field.name, isRequired: field.required ?? true, decision, curve, doubtful, threshold };
  return { model, outcomes, card: fieldCard(training, finding, curve, acceptance) };
}
