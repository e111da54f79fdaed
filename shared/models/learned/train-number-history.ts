import type { Cases } from './cases.ts';
import { isWithin } from './classifier.ts';
import type { Label } from './contract.ts';
import { type FieldTraining, finishField, splitRows, type TrainedField } from './field-training.ts';
import type { Flat } from './flatten.ts';
import { type HistoryPlan, historyKeys } from './history-keys.ts';
import { emptyNumberHistory, lookUpNumber, type NumberHistory, rememberNumber } from './number-history.ts';
import type { Outcome } from './outcome.ts';

/** A number as the median of past cases with the same key, checked on cases that the history did not hold. */
export function trainNumberHistory(
  training: FieldTraining,
  plan: HistoryPlan,
  values: readonly (Label | null | undefined)[],
): TrainedField {
  const { cases, field } = training;
  const tolerance = field.tolerance ?? 0;
  const rows = values.flatMap((value, row) => (value === undefined ? [] : [row]));
  const { splits, checkedOn } = splitRows(
    training,
    rows.map((row) => ({ row, label: 0 })),
  );
  const outcomes = splits.flatMap(({ fit, check }): Outcome[] => {
    const history = fitHistory(cases, plan, tolerance, [...fit], values);
    return [...check].map((row) => outcomeOf(history, cases.flats[row] as Flat, row, values[row] ?? null));
  });
  const decision = { by: 'history', history: fitHistory(cases, plan, tolerance, rows, values) } as const;
  return finishField(training, { decision, outcomes, checkedOn, steps: [], examples: rows.length, rareLabels: [] });
}

function fitHistory(
  cases: Cases,
  plan: HistoryPlan,
  tolerance: number,
  rows: readonly number[],
  values: readonly (Label | null | undefined)[],
): NumberHistory {
  const history = emptyNumberHistory(plan, tolerance);
  for (const row of rows) {
    const value = values[row];
    if (typeof value === 'number') rememberNumber(history, historyKeys(plan, cases.flats[row] as Flat), value);
  }
  return history;
}

function outcomeOf(history: NumberHistory, flat: Flat, row: number, expected: Label | null): Outcome {
  const guess = lookUpNumber(history, historyKeys(history.plan, flat));
  const value = guess?.value ?? null;
  const isRight = isWithin(value, expected, history.tolerance);
  return { row, value, expected, raw: guess?.raw ?? 0, isRight, isAcceptable: value !== null };
}
