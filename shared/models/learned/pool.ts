/**
 * Log-linear pooling: voices that each give ln of every label's probability are added up with weights learned from cases that none
 * of them had seen (Klakow 1998, "Log-linear interpolation of language models"; Hinton 1999, "Products of experts").
 */
export type PoolWeights = readonly number[];

/** What every voice says of one checked case, and the label that was right. */
export interface PoolRow {
  readonly voices: readonly ArrayLike<number>[];
  readonly label: number;
}

/** Scores of the labels, to be made into probabilities by `softmax`. */
export function poolScores(voices: readonly ArrayLike<number>[], weights: PoolWeights): Float64Array {
  const scores = new Float64Array(voices[0]?.length ?? 0);
  voices.forEach((voice, v) => {
    const weight = weights[v] ?? 0;
    for (let label = 0; label < scores.length; label++) {
      scores[label] = (scores[label] as number) + weight * (voice[label] as number);
    }
  });
  return scores;
}

/**
 * The weights that make the right labels likeliest, held back towards 0 by a small ridge: Newton's method, as the loss has one
 * lowest point. Of more rows than are needed the last are taken. The same rows give the same weights.
 */
export function fitPool(rows: readonly PoolRow[]): PoolWeights {
  const used = rows.slice(-MOST_ROWS);
  let weights = new Float64Array(used[0]?.voices.length ?? 0).fill(1 / (used[0]?.voices.length ?? 1));
  let now = slopesAt(used, weights);
  for (let step = 0; step < MOST_STEPS; step++) {
    const way = solve(now.curvature, now.gradient);
    const next = lower(used, weights, way, now.loss);
    if (!next) break;
    const gained = now.loss - next.slopes.loss;
    weights = next.weights;
    now = next.slopes;
    if (gained < SMALLEST_GAIN) break;
  }
  return [...weights];
}

const MOST_ROWS = 4_000;
const MOST_STEPS = 20;
const SMALLEST_GAIN = 1e-7;
const RIDGE = 1e-3;

interface Slopes {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly curvature: readonly Float64Array[];
}

/** The first of the whole, half, quarter … step that lowers the loss. */
function lower(
  rows: readonly PoolRow[],
  from: Float64Array,
  way: Float64Array,
  loss: number,
): { weights: Float64Array<ArrayBuffer>; slopes: Slopes } | undefined {
  for (let part = 1; part > 1 / 64; part /= 2) {
    const weights = Float64Array.from(from, (weight, v) => weight - part * (way[v] as number));
    const slopes = slopesAt(rows, weights);
    if (slopes.loss < loss) return { weights, slopes };
  }
  return undefined;
}

/** Mean of −ln of the probability of the right label, plus the ridge, with first and second derivatives. */
function slopesAt(rows: readonly PoolRow[], weights: Float64Array): Slopes {
  const count = weights.length;
  const gradient = Float64Array.from(weights, (weight) => 2 * RIDGE * weight);
  const curvature = Array.from({ length: count }, (_, a) => {
    return Float64Array.from({ length: count }, (_none, b) => (a === b ? 2 * RIDGE : 0));
  });
  let loss = weights.reduce((sum, weight) => sum + RIDGE * weight ** 2, 0);
  for (const row of rows) loss += addRow(row, weights, rows.length, gradient, curvature) / rows.length;
  return { loss, gradient, curvature };
}

function addRow(
  { voices, label }: PoolRow,
  weights: Float64Array,
  rows: number,
  gradient: Float64Array,
  curvature: readonly Float64Array[],
): number {
  const scores = poolScores(voices, [...weights]);
  let largest = Number.NEGATIVE_INFINITY;
  for (const score of scores) largest = Math.max(largest, score);
  const parts = scores.map((score) => Math.exp(score - largest));
  let sum = 0;
  for (const part of parts) sum += part;
  const means = voices.map((voice) => {
    let mean = 0;
    for (let k = 0; k < parts.length; k++) mean += ((parts[k] as number) / sum) * (voice[k] as number);
    return mean;
  });
  voices.forEach((voice, a) => {
    gradient[a] = (gradient[a] as number) + ((means[a] as number) - (voice[label] as number)) / rows;
    const own = curvature[a] as Float64Array;
    for (let b = 0; b <= a; b++) {
      const other = voices[b] as ArrayLike<number>;
      let both = 0;
      for (let k = 0; k < parts.length; k++) {
        both += ((parts[k] as number) / sum) * ((voice[k] as number) - (means[a] as number)) * (other[k] as number);
      }
      own[b] = (own[b] as number) + both / rows;
      if (b !== a) (curvature[b] as Float64Array)[a] = own[b] as number;
    }
  });
  return Math.log(sum) + largest - (scores[label] as number);
}

/** x with A x = b for a symmetric positive A, by elimination. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const a = matrix.map((row) => row.slice());
  const x = right.slice();
  for (let i = 0; i < x.length; i++) {
    const pivot = a[i] as Float64Array;
    for (let j = i + 1; j < x.length; j++) {
      const row = a[j] as Float64Array;
      const factor = (row[i] as number) / (pivot[i] as number);
      for (let k = i; k < x.length; k++) row[k] = (row[k] as number) - factor * (pivot[k] as number);
      x[j] = (x[j] as number) - factor * (x[i] as number);
    }
  }
  for (let i = x.length - 1; i >= 0; i--) {
    const row = a[i] as Float64Array;
    let rest = x[i] as number;
    for (let k = i + 1; k < x.length; k++) rest -= (row[k] as number) * (x[k] as number);
    x[i] = rest / (row[i] as number);
  }
  return x;
}
