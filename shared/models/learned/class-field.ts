import { prepareSplit } from './check-classifier.ts';
import { chooseTrial } from './choose-trial.ts';
import type { Classifier } from './classifier.ts';
import { constantField } from './constant-field.ts';
import type { Label } from './contract.ts';
import { type Decision, FEWEST_EXAMPLES } from './field-model.ts';
import { type FieldTraining, finishField, splitRows, type TrainedField } from './field-training.ts';
import { fitClassifier } from './fit-classifier.ts';
import { collectLabels, type LabelSet } from './labels.ts';
import { learningCurve } from './learning-curve.ts';

/** A field of labels, with one value per example: `undefined` is not taught, `null` is out of scope. */
export function trainClassField(
  training: FieldTraining,
  values: readonly (Label | null | undefined)[],
  toDecision: (classifier: Classifier) => Decision = (classifier) => ({ by: 'class', classifier }),
): TrainedField {
  const { cases, field, spec, vocabulary } = training;
  const { set, rows } = collectLabels(values);
  if (set.labels.length < 2) return constantField(training, set, rows);
  const { splits: plainSplits, checkedOn } = splitRows(training, rows);
  const splits = plainSplits.map((split) => prepareSplit(cases, split));
  const learns = checkedOn === 'newest fifth' && spec.history?.learns === true;
  const { choice, options, temperatures, outcomes } = chooseTrial({ training, set, rows, splits, learns });
  const { linear, history } = fitClassifier(cases, rows, options, vocabulary);
  const tolerance = field.tolerance ?? 0;
  const decision = toDecision({ ...set, linear, history, temperatures, view: choice.view, tolerance });
  const steps = learningCurve(cases, set, rows, splits, options, tolerance, outcomes, temperatures);
  return finishField(training, {
    decision,
    outcomes,
    checkedOn,
    steps,
    examples: rows.length,
    rareLabels: rareOf(set),
  });
}

function rareOf({ labels, counts }: LabelSet): string[] {
  return labels.filter((label, index) => label !== null && (counts[index] ?? 0) < FEWEST_EXAMPLES).map(String);
}
