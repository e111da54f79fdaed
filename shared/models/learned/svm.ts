import { seeded, shuffle } from './random.ts';
import type { SparseRows } from './vectors.ts';

export interface BinaryModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

/**
 * Linear support vector machine with squared hinge loss for one class against the rest, by dual coordinate descent.
 * `signs` holds 1 or -1 per row; `costs` the price of an error per row (1 is the usual). Same seed, same result.
 */
export function trainSvm(rows: SparseRows, signs: Int8Array, costs: Float64Array, seed: number): BinaryModel {
  const state = startState(rows, signs, costs);
  const order = Int32Array.from(signs.keys());
  const random = seeded(seed);
  for (let pass = 1; pass <= PASSES; pass++) {
    const isFull = pass <= 3 || pass % 3 === 1;
    shuffle(order, order.length, random);
    const worst = runPass(state, order, isFull);
    if (isFull && worst < STOP_BELOW) break;
  }
  return { weights: state.weights, bias: state.bias };
}

const PASSES = 12;
const STOP_BELOW = 0.05;

interface State {
  readonly rows: SparseRows;
  readonly signs: Int8Array;
  readonly weights: Float64Array;
  bias: number;
  readonly alpha: Float64Array;
  /** 1 / (2 C) per row. */
  readonly ridge: Float64Array;
  /** Squared length of each row with its constant component, plus the ridge. */
  readonly curvature: Float64Array;
}

function startState(rows: SparseRows, signs: Int8Array, costs: Float64Array): State {
  const ridge = costs.map((cost) => 1 / (2 * cost));
  const curvature = ridge.map((value, row) => {
    let square = 1 + value;
    for (let p = rows.offsets[row] as number; p < (rows.offsets[row + 1] as number); p++)
      square += (rows.values[p] as number) ** 2;
    return square;
  });
  const weights = new Float64Array(rows.width);
  return { rows, signs, weights, bias: 0, alpha: new Float64Array(signs.length), ridge, curvature };
}

/** One pass over the rows in the given order; a pass that is not full visits support vectors only. */
function runPass(state: State, order: Int32Array, isFull: boolean): number {
  const { offsets, indices, values } = state.rows;
  const { signs, weights, alpha, ridge, curvature } = state;
  let worst = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k] as number;
    const before = alpha[i] as number;
    if (!isFull && before === 0) continue;
    const from = offsets[i] as number;
    const to = offsets[i + 1] as number;
    const sign = signs[i] as number;
    let score = state.bias;
    for (let p = from; p < to; p++) score += (weights[indices[p] as number] as number) * (values[p] as number);
    const gradient = sign * score - 1 + (ridge[i] as number) * before;
    const projected = before === 0 ? Math.min(gradient, 0) : gradient;
    if (projected === 0) continue;
    worst = Math.max(worst, Math.abs(projected));
    const after = Math.max(0, before - gradient / (curvature[i] as number));
    const step = (after - before) * sign;
    if (step === 0) continue;
    for (let p = from; p < to; p++) {
      const j = indices[p] as number;
      weights[j] = (weights[j] as number) + step * (values[p] as number);
    }
    state.bias += step;
    alpha[i] = after;
  }
  return worst;
}
