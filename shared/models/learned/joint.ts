import { calibrationError } from './calibration-error.ts';
import { applyCurve, type ConfidenceCurve, fitCurve } from './confidence-curve.ts';
import type { TrainedField } from './field-training.ts';
import type { Outcome } from './outcome.ts';
import { findThreshold, type Threshold } from './threshold.ts';

/** What is known of all required fields together. */
export interface JointCheck {
  /** Maps the product of the required fields' raw confidences to the probability that all are right. */
  readonly curve: ConfidenceCurve;
  readonly rows: number;
  /** Share of the checked rows where every required field was right. */
  readonly accuracy: number;
  readonly calibrationError: number;
  /** The product from which a case whose fields all pass is decided alone; null: none is. */
  readonly accepted: Threshold | null;
}

const MOST_BINS = 20;
const ROWS_PER_BIN = 25;

/**
 * Errors add up over fields: checks them together on rows that no model had seen. Among the cases whose fields all pass, those with the
 * highest product of confidences are decided, as far down as the target holds for the whole.
 */
export function checkJointly(trained: readonly TrainedField[], target: number): JointCheck {
  const rows = jointRows(trained.filter(({ model }) => model.isRequired));
  const curve = fitCurve(rows, Math.max(1, Math.min(MOST_BINS, Math.floor(rows.length / ROWS_PER_BIN))), 1);
  const candidates = rows.filter(({ isAccepted }) => isAccepted);
  return {
    curve,
    rows: rows.length,
    accuracy: rows.filter(({ isRight }) => isRight).length / Math.max(1, rows.length),
    calibrationError: calibrationError(rows.map((row) => ({ ...row, confidence: applyCurve(curve, row.confidence) }))),
    accepted: findThreshold(candidates, target, rows.length) ?? null,
  };
}

/** A row whose required fields were all checked. */
interface JointRow {
  readonly confidence: number;
  readonly isRight: boolean;
  /** Every field passes its own threshold. */
  readonly isAccepted: boolean;
}

function jointRows(required: readonly TrainedField[]): JointRow[] {
  const byRow = required.map(({ outcomes }) => new Map(outcomes.map((outcome) => [outcome.row, outcome])));
  return [...(byRow[0]?.keys() ?? [])].flatMap((row): JointRow[] => {
    const outcomes = byRow.flatMap((known) => known.get(row) ?? []);
    if (outcomes.length < required.length) return [];
    return [
      {
        confidence: outcomes.reduce((product, { raw }) => product * raw, 1),
        isRight: outcomes.every(({ isRight }) => isRight),
        isAccepted: outcomes.every((outcome, i) => passes(required[i], outcome)),
      },
    ];
  });
}

function passes(field: TrainedField | undefined, { raw, isAcceptable, value }: Outcome): boolean {
  if (!field || field.model.threshold === null || value === null) return false;
  return isAcceptable && raw >= field.model.threshold && !field.model.doubtful.includes(value);
}
