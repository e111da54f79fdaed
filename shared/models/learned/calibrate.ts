import type { CheckedRow } from './check-classifier.ts';
import { answerFrom, isWithin, joinedScores, probabilitiesOf, type Temperatures, voicesOf } from './classifier.ts';
import { type ConfidenceCurve, fitCurve } from './confidence-curve.ts';
import { FEWEST_EXAMPLES } from './field-model.ts';
import type { LabelSet } from './labels.ts';
import type { Outcome } from './outcome.ts';
import { fitPool } from './pool.ts';
import { type CheckedScores, fitTemperature } from './temperature.ts';
import { fitTwoClasses } from './two-class-calibration.ts';

/** Temperatures, and weights where voices are pooled, from the checked rows that are in scope. */
export function fitTemperatures(checked: readonly CheckedRow[], { labels }: LabelSet, pools: boolean): Temperatures {
  const inScope = checked.filter(({ label }) => labels[label] !== null);
  const scored = inScope.flatMap(({ scores, label }): CheckedScores[] => (scores ? [{ scores, label }] : []));
  const { temperature: linear, offset } =
    labels.length === 2 ? fitTwoClasses(scored) : { temperature: fitTemperature(scored), offset: 0 };
  const voiced = pools ? inScope.map((row) => ({ voices: voicesOf(row, { linear, offset }), label: row.label })) : [];
  const pool = voiced.length > 0 ? fitPool(voiced) : null;
  const joined = inScope.flatMap((row): CheckedScores[] =>
    row.shares ? [{ scores: joinedScores(row, { linear, offset, pool }), label: row.label }] : [],
  );
  return { linear, offset, result: fitTemperature(joined), pool };
}

/** What each checked row is answered, and whether that is right. */
export function answerChecked(
  checked: readonly CheckedRow[],
  set: LabelSet,
  temperaturesFor: (row: CheckedRow) => Temperatures,
  tolerance: number,
): Outcome[] {
  return checked.map((row) => {
    const temperatures = temperaturesFor(row);
    const answer = answerFrom(set, tolerance, probabilitiesOf(row, temperatures));
    const value = set.labels[answer.label] ?? null;
    const expected = set.labels[row.label] ?? null;
    const isAcceptable = value !== null && answer.examples >= FEWEST_EXAMPLES;
    return {
      row: row.row,
      value,
      expected,
      raw: answer.raw,
      isRight: isWithin(value, expected, tolerance),
      isAcceptable,
    };
  });
}

/** Below this many checked rows the temperature alone calibrates. */
const ROWS_FOR_CURVE = 1_000;
const BINS = 20;

export function fitFieldCurve(outcomes: readonly Outcome[], weightOf: (outcome: Outcome) => number): ConfidenceCurve {
  if (outcomes.length < ROWS_FOR_CURVE) return { raw: [], calibrated: [] };
  const rows = outcomes.map((one) => ({ confidence: one.raw, isRight: one.isRight, weight: weightOf(one) }));
  return fitCurve(rows, BINS, 0);
}
