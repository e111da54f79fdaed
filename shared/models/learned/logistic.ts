import { seeded, shuffle } from './random.ts';
import type { BinaryModel } from './svm.ts';
import type { SparseRows } from './vectors.ts';

const RATE = 0.5;
const PASSES = 20;
const RIDGE = 1e-6;
const SMALL = 1e-8;

/** Logistic regression for one class against the rest: seeded stochastic gradient with AdaGrad, 20 passes. */
export function trainLogistic(rows: SparseRows, signs: Int8Array, costs: Float64Array, seed: number): BinaryModel {
  const weights = new Float64Array(rows.width + 1);
  const squares = new Float64Array(rows.width + 1);
  const order = Int32Array.from(signs.keys());
  const random = seeded(seed);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, order.length, random);
    for (const row of order) descend(rows, row, signs[row] as number, costs[row] as number, weights, squares);
  }
  return { weights: weights.slice(0, rows.width), bias: weights[rows.width] as number };
}

function descend(
  rows: SparseRows,
  row: number,
  sign: number,
  cost: number,
  weights: Float64Array,
  squares: Float64Array,
): void {
  const { offsets, indices, values, width } = rows;
  const from = offsets[row] as number;
  const to = offsets[row + 1] as number;
  let score = weights[width] as number;
  for (let p = from; p < to; p++) score += (weights[indices[p] as number] as number) * (values[p] as number);
  const slope = (-sign * cost) / (1 + Math.exp(sign * score));
  for (let p = from; p < to; p++) stepOne(weights, squares, indices[p] as number, slope * (values[p] as number));
  stepOne(weights, squares, width, slope);
}

function stepOne(weights: Float64Array, squares: Float64Array, j: number, slope: number): void {
  const gradient = slope + RIDGE * (weights[j] as number);
  squares[j] = (squares[j] as number) + gradient * gradient;
  weights[j] = (weights[j] as number) - (RATE * gradient) / (Math.sqrt(squares[j] as number) + SMALL);
}
