import type { CheckedScores } from './temperature.ts';

/** Makes scores of two classes into probabilities: the second class's score is moved by the offset, then the temperature applies. */
export interface TwoClassFit {
  readonly temperature: number;
  readonly offset: number;
}

const STEPS = 50;
const RIDGE = 1e-3;
const FLATTEST = 1e-3;

/**
 * Logistic regression of the right class on the difference of the scores, by Newton's steps. Where one class is rare its scores sit
 * too low, which a temperature alone cannot mend. Each row counts as right only to (n + 1) / (n + 2).
 */
export function fitTwoClasses(rows: readonly CheckedScores[]): TwoClassFit {
  const doubt = 1 / (rows.length + 2);
  const points = rows.map(({ scores, label }) => {
    return { x: (scores[1] as number) - (scores[0] as number), y: label === 1 ? 1 - doubt / 2 : doubt / 2 };
  });
  let [slope, level] = [1, 0];
  for (let step = 0; step < STEPS; step++) {
    const { bySlope, byLevel } = newtonStep(points, slope, level);
    slope = Math.max(FLATTEST, slope + bySlope);
    level += byLevel;
    if (Math.abs(bySlope) + Math.abs(byLevel) < 1e-6) break;
  }
  return { temperature: 1 / slope, offset: level / slope };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function newtonStep(points: readonly Point[], slope: number, level: number): { bySlope: number; byLevel: number } {
  let [gradientSlope, gradientLevel, xx, x1, one] = [-RIDGE * slope, 0, RIDGE, 0, RIDGE];
  for (const { x, y } of points) {
    const p = 1 / (1 + Math.exp(-(slope * x + level)));
    const weight = Math.max(1e-4, p * (1 - p));
    gradientSlope += (y - p) * x;
    gradientLevel += y - p;
    xx += weight * x * x;
    x1 += weight * x;
    one += weight;
  }
  const determinant = xx * one - x1 * x1;
  return {
    bySlope: limited((one * gradientSlope - x1 * gradientLevel) / determinant),
    byLevel: limited((xx * gradientLevel - x1 * gradientSlope) / determinant),
  };
}

/** Long steps overshoot where nearly all probabilities are 0 or 1. */
function limited(step: number): number {
  return Math.max(-2, Math.min(2, step));
}
