import { wilsonLower } from '../../domain/wilson.ts';
import type { LearningStep } from './learning-curve.ts';
import type { Outcome } from './outcome.ts';
import { fewestRows } from './threshold.ts';

/** Doublings beyond this are a guess about nothing. */
const MOST_DOUBLINGS = 4;

/**
 * About how many more examples a field needs before a threshold can hold: enough rows to check where the most confident are right
 * often enough, else as many doublings as the learning curve asks for. Null where more of the same would not help.
 */
export function missingExamples(
  outcomes: readonly Outcome[],
  target: number,
  steps: readonly LearningStep[],
): number | null {
  const fewest = fewestRows(target, 0);
  const sure = outcomes
    .filter(({ isAcceptable }) => isAcceptable)
    .sort((a, b) => b.raw - a.raw)
    .slice(0, fewest);
  if (sure.length === 0) return fewest;
  const accuracy = sure.filter(({ isRight }) => isRight).length / sure.length;
  if (accuracy > target) {
    const needed = (outcomes.length * rowsToProve(accuracy, target, fewest)) / sure.length;
    return Math.max(1, Math.ceil(needed - outcomes.length));
  }
  const gain = (steps.at(-1)?.accuracy ?? 0) - (steps.at(-2)?.accuracy ?? 0);
  const doublings = (target - accuracy + 0.01) / Math.max(gain, 1e-9);
  return doublings > MOST_DOUBLINGS ? null : Math.ceil(outcomes.length * (2 ** doublings - 1));
}

/** Rows of this accuracy at which the lower bound reaches the target. */
function rowsToProve(accuracy: number, target: number, from: number): number {
  let rows = from;
  while (wilsonLower(accuracy * rows, rows) < target && rows < MOST_ROWS) rows = Math.ceil(rows * 1.1);
  return rows;
}

const MOST_ROWS = 100_000;
