import { trainClassField } from './class-field.ts';
import type { Label } from './contract.ts';
import type { FieldTraining, TrainedField } from './field-training.ts';

/** A field of numbers. */
export function trainNumberField(training: FieldTraining, values: readonly (Label | null | undefined)[]): TrainedField {
  return trainClassField(training, values);
}
