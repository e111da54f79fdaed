import { answerChecked } from './calibrate.ts';
import type { Cases } from './cases.ts';
import { checkSplits, prepareSplit } from './check-classifier.ts';
import type { Temperatures } from './classifier.ts';
import type { FitOptions } from './fit-classifier.ts';
import type { Split } from './folds.ts';
import { hashEnd, hashStart } from './hashing.ts';
import type { LabelledRow, LabelSet } from './labels.ts';
import type { Outcome } from './outcome.ts';

/** Accuracy on unseen rows when only a part of the examples is taught. */
export interface LearningStep {
  readonly share: number;
  /** Examples taught. */
  readonly examples: number;
  readonly accuracy: number;
}

/** Above this many rows one split must do: the curve is advice, not a measure. */
const ROWS_FOR_ALL_SPLITS = 2_000;
const SHARES = [0.25, 0.5];

/** A quarter, a half and all of the examples, on the same unseen rows. */
export function learningCurve(
  cases: Cases,
  set: LabelSet,
  rows: readonly LabelledRow[],
  splits: readonly Split[],
  options: FitOptions,
  tolerance: number,
  outcomes: readonly Outcome[],
  temperatures: Temperatures,
): LearningStep[] {
  const used = rows.length > ROWS_FOR_ALL_SPLITS ? splits.slice(0, 1) : splits;
  const labelOf = new Map(rows.map(({ row, label }) => [row, label]));
  const steps = SHARES.map((share) => {
    const parts = used.map((split) => prepareSplit(cases, { ...split, fit: partOf(cases, split.fit, labelOf, share) }));
    const checked = checkSplits(cases, rows, parts, { ...options, learns: false });
    const answered = answerChecked(checked, set, () => temperatures, tolerance);
    return stepOf(share, parts, answered);
  });
  const checkedRows = new Set(used.flatMap((split) => [...split.check]));
  const whole = outcomes.filter(({ row }) => checkedRows.has(row));
  return [...steps, stepOf(1, used, whole)];
}

function stepOf(share: number, splits: readonly Split[], outcomes: readonly Outcome[]): LearningStep {
  const taught = splits.reduce((sum, split) => sum + split.fit.length, 0) / splits.length;
  const right = outcomes.filter(({ isRight }) => isRight).length;
  return { share, examples: Math.round(taught), accuracy: outcomes.length === 0 ? 0 : right / outcomes.length };
}

/** The first rows of each label in order of the hash of their unit. */
function partOf(cases: Cases, rows: Int32Array, labelOf: ReadonlyMap<number, number>, share: number): Int32Array {
  const hashed = [...rows].map((row) => ({ row, hash: hashEnd(hashStart(`part ${cases.units[row]}`)) }));
  const byLabel = Map.groupBy(hashed, ({ row }) => labelOf.get(row));
  const kept = [...byLabel.values()].flatMap((group) => {
    const ordered = group.sort((a, b) => a.hash - b.hash || a.row - b.row);
    return ordered.slice(0, Math.ceil(group.length * share)).map(({ row }) => row);
  });
  return Int32Array.from(kept.sort((a, b) => a - b));
}
