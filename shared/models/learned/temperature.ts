/**
 * Probabilities from scores at a temperature. With `Float64Array` in and out; the sum is 1.
 */
export function softmax(scores: Float64Array, temperature: number): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const score of scores) largest = Math.max(largest, score);
  const parts = scores.map((score) => Math.exp((score - largest) / temperature));
  let sum = 0;
  for (const part of parts) sum += part;
  return parts.map((part) => part / sum);
}

/** Scores of one checked row and the class that was right. */
export interface CheckedScores {
  readonly scores: Float64Array;
  readonly label: number;
}

/**
 * The temperature that makes the right labels of the checked rows likeliest: golden section over ln T in [−5, 3].
 * Each row counts as right only to (n + 1) / (n + 2), so that a few faultless rows do not claim certainty.
 */
export function fitTemperature(rows: readonly CheckedScores[]): number {
  if (rows.length === 0) return 1;
  const doubt = 1 / (rows.length + 2);
  const loss = (logT: number): number => rows.reduce((sum, row) => sum + surprise(row, Math.exp(logT), doubt), 0);
  let [low, high] = [-5, 3];
  let [left, right] = [high - RATIO * (high - low), low + RATIO * (high - low)];
  let [atLeft, atRight] = [loss(left), loss(right)];
  for (let step = 0; step < STEPS; step++) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - RATIO * (high - low);
      atLeft = loss(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + RATIO * (high - low);
      atRight = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

const RATIO = (Math.sqrt(5) - 1) / 2;
const STEPS = 25;

/** Cross entropy against the label with a little doubt spread over all classes. */
function surprise({ scores, label }: CheckedScores, temperature: number, doubt: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  let mean = 0;
  for (const score of scores) {
    largest = Math.max(largest, score);
    mean += score / scores.length;
  }
  let sum = 0;
  for (const score of scores) sum += Math.exp((score - largest) / temperature);
  const wanted = (1 - doubt) * (scores[label] as number) + doubt * mean;
  return Math.log(sum) - (wanted - largest) / temperature;
}
