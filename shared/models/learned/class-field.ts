import { answerChecked, fitTemperatures } from './calibrate.ts';
import { checkSplits } from './check-classifier.ts';
import type { Classifier, Temperatures } from './classifier.ts';
import { constantField } from './constant-field.ts';
import type { Label } from './contract.ts';
import { type Decision, FEWEST_EXAMPLES } from './field-model.ts';
import { type Checking, type FieldTraining, finishField, splitRows, type TrainedField } from './field-training.ts';
import { type FitOptions, fitClassifier } from './fit-classifier.ts';
import { collectLabels, type LabelledRow, type LabelSet } from './labels.ts';
import { learningCurve } from './learning-curve.ts';
import type { Outcome } from './outcome.ts';

/** A field of labels, with one value per example: `undefined` is not taught, `null` is out of scope. */
export function trainClassField(
  training: FieldTraining,
  values: readonly (Label | null | undefined)[],
  toDecision: (classifier: Classifier) => Decision = (classifier) => ({ by: 'class', classifier }),
): TrainedField {
  const { cases, field, vocabulary } = training;
  const { set, rows } = collectLabels(values);
  if (set.labels.length < 2) return constantField(training, set, rows);
  const checking = splitRows(training, rows);
  const trial = chooseTrial(training, set, rows, checking);
  const { linear, history } = fitClassifier(cases, rows, trial.options, vocabulary);
  const tolerance = field.tolerance ?? 0;
  const decision = toDecision({ ...set, linear, history, temperatures: trial.temperatures, tolerance });
  const steps = learningCurve(cases, set, rows, checking.splits, trial.options, tolerance, trial.outcomes);
  const { outcomes } = trial;
  const { checkedOn } = checking;
  return finishField(training, {
    decision,
    outcomes,
    checkedOn,
    steps,
    examples: rows.length,
    rareLabels: rareOf(set),
  });
}

/** A way to fit, with what it did on unseen rows. */
interface Trial {
  readonly options: FitOptions;
  readonly temperatures: Temperatures;
  readonly outcomes: readonly Outcome[];
}

/** Above this many rows × labels only the plain way is tried. */
const LARGEST_CHOICE = 100_000;

/** Rare labels weigh more only where that is right more often on unseen rows by over one standard error. */
function chooseTrial(training: FieldTraining, set: LabelSet, rows: readonly LabelledRow[], checking: Checking): Trial {
  const plain = tryOut(training, set, rows, checking, false);
  if (rows.length * set.labels.length > LARGEST_CHOICE) return plain;
  const weighted = tryOut(training, set, rows, checking, true);
  const before = accuracyOf(plain.outcomes);
  const error = Math.sqrt((before * (1 - before)) / plain.outcomes.length);
  return accuracyOf(weighted.outcomes) > before + error ? weighted : plain;
}

function tryOut(
  training: FieldTraining,
  set: LabelSet,
  rows: readonly LabelledRow[],
  { splits, checkedOn }: Checking,
  isWeighted: boolean,
): Trial {
  const { cases, field, spec } = training;
  const options = fitOptions(training, set, isWeighted);
  const learns = checkedOn === 'newest fifth' && spec.history?.learns === true;
  const checked = checkSplits(cases, rows, splits, { ...options, learns });
  const temperatures = fitTemperatures(checked, set);
  return { options, temperatures, outcomes: answerChecked(checked, set, temperatures, field.tolerance ?? 0) };
}

function fitOptions(
  { field, spec, history, categoryWeight }: FieldTraining,
  set: LabelSet,
  isWeighted: boolean,
): FitOptions {
  const use = field.use ?? (history ? 'both' : 'model');
  return {
    classes: set.labels.length,
    learner: field.learner ?? 'svm',
    isWeighted,
    seed: spec.seed ?? 1,
    categoryWeight,
    usesModel: use !== 'history',
    history: use === 'model' ? null : history,
  };
}

function accuracyOf(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ isRight }) => isRight).length / Math.max(1, outcomes.length);
}

function rareOf({ labels, counts }: LabelSet): string[] {
  return labels.filter((label, index) => label !== null && (counts[index] ?? 0) < FEWEST_EXAMPLES).map(String);
}
