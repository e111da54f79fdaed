import type { Label } from './contract.ts';
import { type FieldTraining, finishField, type TrainedField } from './field-training.ts';
import type { LabelledRow, LabelSet } from './labels.ts';
import type { Outcome } from './outcome.ts';

/**
 * A field whose examples all say the same, or say nothing. It is as sure as that many agreeing cases allow, and decides alone only
 * with as many as a threshold needs.
 */
export function constantField(training: FieldTraining, set: LabelSet, rows: readonly LabelledRow[]): TrainedField {
  const value: Label | null = set.labels[0] ?? null;
  const confidence = value === null ? 0 : (rows.length + 1) / (rows.length + 2);
  const outcomes = rows.map(({ row }): Outcome => {
    return { row, value, expected: value, raw: confidence, isRight: true, isAcceptable: value !== null };
  });
  const decision = { by: 'constant', value, confidence } as const;
  return finishField(training, {
    decision,
    outcomes,
    checkedOn: 'nothing',
    steps: [],
    examples: rows.length,
    rareLabels: [],
  });
}

/** A field for which no way of learning fits: it never gives a value. */
export function unlearnableField(training: FieldTraining, values: readonly (Label | null | undefined)[]): TrainedField {
  const outcomes = values.flatMap((expected, row): Outcome[] => {
    return expected === undefined ? [] : [{ row, value: null, expected, raw: 0, isRight: false, isAcceptable: false }];
  });
  const decision = { by: 'constant', value: null, confidence: 0 } as const;
  const examples = outcomes.length;
  return finishField(training, { decision, outcomes, checkedOn: 'nothing', steps: [], examples, rareLabels: [] });
}
