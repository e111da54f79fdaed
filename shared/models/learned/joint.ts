import { calibrationError } from './calibration-error.ts';
import { applyCurve, type ConfidenceCurve, fitCurve } from './confidence-curve.ts';
import type { TrainedField } from './field-training.ts';
import { findThreshold, type Threshold } from './threshold.ts';

/** What is known of all required fields together. */
export interface JointCheck {
  /** Maps the product of the required fields' raw confidences to the probability that all are right. */
  readonly curve: ConfidenceCurve;
  /** Raw thresholds by field, raised until all required fields are right together; null where a field suggests only. */
  readonly thresholds: Readonly<Record<string, number | null>>;
  readonly rows: number;
  /** Share of the checked rows where every required field was right. */
  readonly accuracy: number;
  readonly calibrationError: number;
  /** Null: no case is decided alone. */
  readonly accepted: Threshold | null;
}

/** A row whose required fields were all checked. */
interface JointRow {
  readonly confidence: number;
  readonly isRight: boolean;
  /** Lowest rank, 0 to 1, of a required field's confidence among all rows. */
  readonly rank: number;
  readonly isAccepted: boolean;
}

/** Errors add up over fields: checks them together and raises the thresholds in step until the target holds for the whole. */
export function checkJointly(trained: readonly TrainedField[], target: number): JointCheck {
  const required = trained.filter(({ model }) => model.isRequired);
  const ranks = required.map(rankRows);
  const rows = jointRows(required, ranks);
  const curve = fitCurve(rows, Math.max(1, Math.min(20, Math.floor(rows.length / 25))), 1);
  const candidates = rows
    .filter(({ isAccepted }) => isAccepted)
    .map(({ rank, isRight }) => ({ confidence: rank, isRight }));
  const accepted = findThreshold(candidates, target, rows.length) ?? null;
  const isRaised = accepted !== null && accepted.rows < candidates.length;
  const raisedTo = required.map((field, i) =>
    isRaised ? raised(field, ranks[i] ?? new Map(), accepted) : field.model.threshold,
  );
  return {
    curve,
    thresholds: Object.fromEntries(
      trained.map((field) => {
        const position = required.indexOf(field);
        return [field.model.name, position < 0 ? field.model.threshold : (raisedTo[position] ?? null)];
      }),
    ),
    rows: rows.length,
    accuracy: rows.filter(({ isRight }) => isRight).length / Math.max(1, rows.length),
    calibrationError: calibrationError(rows.map((row) => ({ ...row, confidence: applyCurve(curve, row.confidence) }))),
    accepted,
  };
}

/** Rank of each row's confidence within its field, by row. */
function rankRows({ outcomes }: TrainedField): Map<number, number> {
  const sorted = outcomes.map(({ raw }) => raw).sort((a, b) => a - b);
  return new Map(outcomes.map(({ row, raw }) => [row, countUpTo(sorted, raw) / sorted.length]));
}

function countUpTo(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function jointRows(required: readonly TrainedField[], ranks: readonly Map<number, number>[]): JointRow[] {
  const byRow = required.map(({ outcomes }) => new Map(outcomes.map((outcome) => [outcome.row, outcome])));
  const rows: JointRow[] = [];
  for (const row of byRow[0]?.keys() ?? []) {
    const outcomes = byRow.flatMap((known) => known.get(row) ?? []);
    if (outcomes.length < required.length) continue;
    rows.push({
      confidence: outcomes.reduce((product, { raw }) => product * raw, 1),
      isRight: outcomes.every(({ isRight }) => isRight),
      rank: Math.min(...ranks.map((known) => known.get(row) ?? 0)),
      isAccepted: outcomes.every(
        ({ isAcceptable, raw }, i) => isAcceptable && raw >= (required[i]?.model.threshold ?? 2),
      ),
    });
  }
  return rows;
}

/** The field's own threshold, or the confidence at the joint rank if that is higher. */
function raised(
  { model, outcomes }: TrainedField,
  ranks: ReadonlyMap<number, number>,
  { value }: Threshold,
): number | null {
  if (model.threshold === null) return null;
  const above = outcomes.filter(({ row }) => (ranks.get(row) ?? 0) >= value).map(({ raw }) => raw);
  return Math.max(model.threshold, Math.min(1, ...above));
}
