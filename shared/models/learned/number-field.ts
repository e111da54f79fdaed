import { trainClassField } from './class-field.ts';
import { unlearnableField } from './constant-field.ts';
import type { Label } from './contract.ts';
import { copyLabels } from './copied-numbers.ts';
import { FEWEST_EXAMPLES } from './field-model.ts';
import type { FieldTraining, TrainedField } from './field-training.ts';
import { trainNumberHistory } from './train-number-history.ts';

type Values = readonly (Label | null | undefined)[];

/**
 * A field of numbers: copied from the case, one of few values, or what history says; the first of these that supports a threshold,
 * else the one that was right most often. Sums and rates belong in rules.
 */
export function trainNumberField(training: FieldTraining, values: Values): TrainedField {
  const found: TrainedField[] = [];
  for (const way of [trainCopied, trainFewValues, trainHistory]) {
    const trained = way(training, values);
    if (trained && trained.model.threshold !== null) return trained;
    if (trained) found.push(trained);
  }
  found.sort((a, b) => b.card.accuracy - a.card.accuracy);
  return found[0] ?? unlearnableField(training, values);
}

/** Learns at which path the number stands; its labels are paths, so the share of out-of-scope cases says nothing of them. */
function trainCopied(training: FieldTraining, values: Values): TrainedField | undefined {
  const labels = copyLabels(training.cases.flats, values);
  if (!labels) return undefined;
  const { outOfScopeShare: _, ...spec } = training.spec;
  const field = { ...training.field, tolerance: 0 };
  return trainClassField({ ...training, spec, field }, labels, (classifier) => ({ by: 'copy', classifier }));
}

const MOST_VALUES = 50;
const SHARE_OFTEN = 0.8;

/** Few distinct values are labels, when nearly all cases carry one that comes often enough. */
function trainFewValues(training: FieldTraining, values: Values): TrainedField | undefined {
  const known = values.filter((value) => value !== undefined);
  const counts = [...Map.groupBy(known, (value) => value).values()].map((group) => group.length);
  const often = counts.filter((count) => count >= FEWEST_EXAMPLES).reduce((sum, count) => sum + count, 0);
  if (counts.length > MOST_VALUES || often < known.length * SHARE_OFTEN) return undefined;
  return trainClassField(training, values);
}

function trainHistory(training: FieldTraining, values: Values): TrainedField | undefined {
  return training.history ? trainNumberHistory(training, training.history, values) : undefined;
}
