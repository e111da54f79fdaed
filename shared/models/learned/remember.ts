import type { Label } from './contract.ts';
import type { FieldModel } from './field-model.ts';
import type { Flat } from './flatten.ts';
import { historyKeys } from './history-keys.ts';
import { rememberLabel } from './label-history.ts';
import { rememberNumber } from './number-history.ts';

/** Adds a confirmed case to the history of every field that keeps one. Labels that were never taught are left out. */
export function rememberCase(
  fields: readonly FieldModel[],
  flat: Flat,
  expected: Readonly<Record<string, Label | null>>,
): void {
  for (const { name, decision } of fields) {
    const value = expected[name];
    if (value === undefined) continue;
    if (decision.by === 'history' && typeof value === 'number') {
      rememberNumber(decision.history, historyKeys(decision.history.plan, flat), value);
    }
    if (decision.by !== 'class' || !decision.classifier.history) continue;
    const { history, labels } = decision.classifier;
    const label = labels.indexOf(value);
    if (label >= 0) rememberLabel(history, historyKeys(history.plan, flat), label);
  }
}
