import { trainLogistic } from './logistic.ts';
import { type BinaryModel, trainSvm } from './svm.ts';
import type { SparseRows, SparseVector } from './vectors.ts';

/** One weight vector per class (one in all for two classes), in 8 bits, feature by feature, as it is shipped. */
export interface LinearModel {
  readonly classes: number;
  /** `quantised[feature * vectors + vector]`. */
  readonly quantised: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
}

export interface LinearOptions {
  readonly learner: 'svm' | 'logistic';
  /** Rows of rare classes weigh more: min(10, √(others / own)). */
  readonly isWeighted: boolean;
  /** Price of an error; higher fits the examples more closely. */
  readonly cost: number;
  readonly seed: number;
}

/** `labels` holds the class of each row, 0 to classes − 1. */
export function trainLinear(
  rows: SparseRows,
  labels: Int32Array,
  classes: number,
  options: LinearOptions,
): LinearModel {
  const vectors = vectorCount(classes);
  const quantised = new Int8Array(rows.width * vectors);
  const scales = new Float32Array(vectors);
  const biases = new Float32Array(vectors);
  const dropsUpTo = quantised.length > KEPT_WHOLE ? 2 : 0;
  for (let vector = 0; vector < vectors; vector++) {
    const { weights, bias } = trainOne(rows, labels, vectors === 1 ? 1 : vector, options);
    scales[vector] = quantise(weights, quantised, vector, vectors, dropsUpTo);
    biases[vector] = bias;
  }
  return { classes, quantised, scales, biases };
}

/** Models with no more weights than this keep the small ones: size does not matter there. */
const KEPT_WHOLE = 200_000;

/** One score per class, on no particular scale. */
export function linearScores(model: LinearModel, vector: SparseVector): Float64Array {
  const { quantised, scales, biases } = model;
  const vectors = scales.length;
  const sums = new Float64Array(vectors);
  for (let p = 0; p < vector.indices.length; p++) {
    const start = (vector.indices[p] as number) * vectors;
    const value = vector.values[p] as number;
    for (let k = 0; k < vectors; k++) sums[k] = (sums[k] as number) + value * (quantised[start + k] as number);
  }
  for (let k = 0; k < vectors; k++) sums[k] = (sums[k] as number) * (scales[k] as number) + (biases[k] as number);
  if (model.classes !== 2) return sums;
  const score = sums[0] as number;
  return Float64Array.of(-score, score);
}

/** What one feature adds to the score of a class, per unit of its value. */
export function linearWeight(model: LinearModel, feature: number, label: number): number {
  const vectors = model.scales.length;
  const vector = vectors === 1 ? 0 : label;
  const weight = (model.quantised[feature * vectors + vector] as number) * (model.scales[vector] as number);
  return vectors === 1 && label === 0 ? -weight : weight;
}

function vectorCount(classes: number): number {
  return classes === 2 ? 1 : classes;
}

function trainOne(rows: SparseRows, labels: Int32Array, label: number, options: LinearOptions): BinaryModel {
  const signs = Int8Array.from(labels, (own) => (own === label ? 1 : -1));
  const costs = new Float64Array(signs.length).fill(options.cost);
  if (options.isWeighted) weighRareSide(signs, costs);
  const train = options.learner === 'svm' ? trainSvm : trainLogistic;
  return train(rows, signs, costs, options.seed + label);
}

function weighRareSide(signs: Int8Array, costs: Float64Array): void {
  const positives = signs.reduce((sum, sign) => sum + (sign === 1 ? 1 : 0), 0);
  if (positives === 0) return;
  const weight = Math.min(10, Math.sqrt((signs.length - positives) / positives));
  signs.forEach((sign, row) => {
    if (sign === 1) costs[row] = (costs[row] as number) * weight;
  });
}

function quantise(weights: Float64Array, into: Int8Array, vector: number, vectors: number, dropsUpTo: number): number {
  let largest = 0;
  for (let feature = 0; feature < weights.length; feature++) {
    largest = Math.max(largest, Math.abs(weights[feature] as number));
  }
  if (largest === 0) return 0;
  const scale = largest / 127;
  for (let feature = 0; feature < weights.length; feature++) {
    if (weights[feature] === 0) continue;
    const steps = Math.round((weights[feature] as number) / scale);
    if (Math.abs(steps) > dropsUpTo) into[feature * vectors + vector] = steps;
  }
  return Math.fround(scale);
}
