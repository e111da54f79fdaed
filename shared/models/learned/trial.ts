import { answerChecked, fitTemperatures } from './calibrate.ts';
import { type CheckedRow, checkSplits, type PreparedSplit } from './check-classifier.ts';
import { probabilitiesOf, type Temperatures } from './classifier.ts';
import type { FieldTraining } from './field-training.ts';
import type { FitOptions } from './fit-classifier.ts';
import { hashEnd, hashStart } from './hashing.ts';
import type { LabelledRow, LabelSet } from './labels.ts';
import type { Outcome } from './outcome.ts';
import type { View } from './vectors.ts';

/** What may differ between two ways of fitting a field. */
export interface Choice {
  readonly view: View;
  readonly isWeighted: boolean;
  readonly cost: number;
  /** After so many later cases a past one counts half in the history; null: it never fades. */
  readonly halfLife: number | null;
  /** Weights of the history's keys and the model are learned. */
  readonly pools: boolean;
}

/** A way of fitting, with what it did on rows that it had not seen. */
export interface Trial {
  readonly choice: Choice;
  readonly options: FitOptions;
  readonly temperatures: Temperatures;
  readonly outcomes: readonly Outcome[];
  /** −ln of the probability given to the right label, by checked row. */
  readonly losses: Float64Array;
  /** By checked row, what it belongs to: rows of one group err together. */
  readonly units: readonly string[];
}

/** The rows of a field and how they are split, for any number of trials. */
export interface Bench {
  readonly training: FieldTraining;
  readonly set: LabelSet;
  readonly rows: readonly LabelledRow[];
  readonly splits: readonly PreparedSplit[];
  /** History is remembered row by row while checking. */
  readonly learns: boolean;
}

export function tryOut(bench: Bench, choice: Choice): Trial {
  const { training, set, rows, splits, learns } = bench;
  const options = { ...fitOptions(bench), ...choice };
  const checked = checkSplits(training.cases, rows, splits, { ...options, learns });
  const temperatures = fitTemperatures(checked, set, choice.pools);
  const temperaturesFor = choice.pools ? temperaturesByHalves(bench, checked) : () => temperatures;
  const outcomes = answerChecked(checked, set, temperaturesFor, training.field.tolerance ?? 0);
  const units = outcomes.map(({ row }) => training.cases.units[row] ?? '');
  return { choice, options, temperatures, outcomes, losses: lossesOf(checked, temperaturesFor), units };
}

/** Learned weights are judged on the half of the units that they were not learned from. */
function temperaturesByHalves(
  { training, set }: Bench,
  checked: readonly CheckedRow[],
): (row: CheckedRow) => Temperatures {
  const isOdd = ({ row }: CheckedRow): boolean => (hashEnd(hashStart(training.cases.units[row] ?? '')) & 1) === 1;
  const fromOdd = fitTemperatures(checked.filter(isOdd), set, true);
  const fromEven = fitTemperatures(
    checked.filter((row) => !isOdd(row)),
    set,
    true,
  );
  return (row) => (isOdd(row) ? fromEven : fromOdd);
}

function fitOptions({ training: { field, spec, history }, set }: Bench): Omit<FitOptions, keyof Choice> {
  const use = field.use ?? (history ? 'both' : 'model');
  return {
    classes: set.labels.length,
    learner: field.learner ?? 'svm',
    seed: spec.seed ?? 1,
    usesModel: use !== 'history',
    history: use === 'model' ? null : history,
  };
}

const LEAST_PROBABILITY = 1e-6;

function lossesOf(checked: readonly CheckedRow[], temperaturesFor: (row: CheckedRow) => Temperatures): Float64Array {
  return Float64Array.from(checked, (row) => {
    const probabilities = probabilitiesOf(row, temperaturesFor(row));
    return -Math.log(Math.max(LEAST_PROBABILITY, probabilities[row.label] ?? 0));
  });
}

export function meanLoss({ losses }: Trial): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

export function accuracyOf({ outcomes }: Trial): number {
  return outcomes.filter(({ isRight }) => isRight).length / Math.max(1, outcomes.length);
}

/** Its mean loss is lower by more than so many standard errors of the difference; rows of one unit are one observation. */
export function isClearlyBetter(one: Trial, other: Trial, errors: number): boolean {
  const gains = [...other.losses].map((loss, i) => loss - (one.losses[i] ?? loss));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const byUnit = new Map<string, number>();
  gains.forEach((gain, i) => {
    const unit = one.units[i] ?? '';
    byUnit.set(unit, (byUnit.get(unit) ?? 0) + gain - mean);
  });
  let squares = 0;
  for (const excess of byUnit.values()) squares += excess ** 2;
  return mean > (errors * Math.sqrt(squares)) / gains.length;
}
