import type { Label } from './contract.ts';
import type { Flat } from './flatten.ts';
import { type HistoryPlan, historyKeys } from './history-keys.ts';
import { keyShares } from './key-shares.ts';
import { type LabelHistory, lookUpLabels } from './label-history.ts';
import type { LabelSet } from './labels.ts';
import { type LinearModel, linearScores } from './linear.ts';
import { type PoolWeights, poolScores } from './pool.ts';
import { softmax } from './temperature.ts';
import type { SparseVector, View } from './vectors.ts';

/** What gives a field's labels their probabilities: the linear model, the history, or both. */
export interface Classifier extends LabelSet {
  readonly linear: LinearModel | null;
  readonly history: KeyedHistory | null;
  readonly temperatures: Temperatures;
  /** What of a case the linear model looks at. */
  readonly view: View;
  /** Numbers within this distance count as one answer. */
  readonly tolerance: number;
}

export interface KeyedHistory extends LabelHistory {
  readonly plan: HistoryPlan;
}

/** The linear model's own, and that of the result where history takes part. */
export interface Temperatures {
  readonly linear: number;
  /** Added to the score of the second of two classes. */
  readonly offset: number;
  readonly result: number;
  /** Weights of the history's keys, its look-up and the model; null: the mean of look-up and model. */
  readonly pool: PoolWeights | null;
}

/** What a model and a history say of one case before calibration. */
export interface Evidence {
  readonly scores: Float64Array | undefined;
  readonly shares: Float64Array | undefined;
  /** What each key of the history says by itself. */
  readonly byKey: readonly Float32Array[] | undefined;
}

export function classify(classifier: Classifier, vector: SparseVector, flat: Flat): Float64Array {
  const { linear, history, labels, temperatures } = classifier;
  const scores = linear ? linearScores(linear, vector) : undefined;
  return probabilitiesOf({ scores, ...pastOf(history, flat, labels.length) }, temperatures);
}

/** What the history says of a case. */
export function pastOf(history: KeyedHistory | null, flat: Flat, classes: number): Omit<Evidence, 'scores'> {
  if (!history) return { shares: undefined, byKey: undefined };
  const keys = historyKeys(history.plan, flat);
  return { shares: lookUpLabels(history, keys, classes), byKey: keyShares(history, keys, classes) };
}

export function probabilitiesOf(evidence: Evidence, temperatures: Temperatures): Float64Array {
  const { scores, shares } = evidence;
  if (!scores && !shares) return new Float64Array(0);
  if (!shares) return softmax(moved(scores as Float64Array, temperatures.offset), temperatures.linear);
  return softmax(joinedScores(evidence, temperatures), temperatures.result);
}

/** Logarithms of the shares, pooled or averaged with the model's probabilities where there is a model. */
export function joinedScores(evidence: Evidence, temperatures: Omit<Temperatures, 'result'>): Float64Array {
  const { scores, shares } = evidence;
  const { linear, offset, pool } = temperatures;
  if (pool) return poolScores(voicesOf(evidence, temperatures), pool);
  const own = scores ? softmax(moved(scores, offset), linear) : undefined;
  return (shares as Float64Array).map((share, label) => {
    const mean = own ? (share + (own[label] as number)) / 2 : share;
    return Math.log(Math.max(mean, SMALLEST));
  });
}

/** Keys, look-up and model, each as ln of the labels' probabilities. */
export function voicesOf(
  { scores, shares, byKey }: Evidence,
  { linear, offset }: Pick<Temperatures, 'linear' | 'offset'>,
): readonly ArrayLike<number>[] {
  const logOf = (probabilities: Float64Array) => probabilities.map((p) => Math.log(Math.max(p, SMALLEST_VOICE)));
  const own = scores ? [logOf(softmax(moved(scores, offset), linear))] : [];
  return [...(byKey ?? []), ...(shares ? [logOf(shares)] : []), ...own];
}

/** A voice that gives nothing to a label must not rule it out alone. */
const SMALLEST_VOICE = 1e-4;

function moved(scores: Float64Array, offset: number): Float64Array {
  return offset === 0 ? scores : scores.map((score, label) => (label === 1 ? score + offset : score));
}

const SMALLEST = 1e-9;

/** One answer with the probability that it is right, before the confidence curve. */
export interface Answer {
  readonly label: number;
  readonly raw: number;
  /** Examples that carry the label, or one within tolerance. */
  readonly examples: number;
}

/** The likeliest answer; ties go to the first label. Numbers within tolerance of one another speak for one another. */
export function answerFrom(set: LabelSet, tolerance: number, probabilities: Float64Array): Answer {
  let best: Answer = { label: 0, raw: -1, examples: 0 };
  for (let label = 0; label < probabilities.length; label++) {
    const answer = answerOf(set, tolerance, probabilities, label);
    if (answer.raw > best.raw + 1e-12) best = answer;
  }
  return best;
}

export function isWithin(value: Label | null, expected: Label | null, tolerance: number): boolean {
  if (typeof value !== 'number' || typeof expected !== 'number') return value === expected;
  return Math.abs(value - expected) <= tolerance + 1e-9;
}

function answerOf(set: LabelSet, tolerance: number, probabilities: Float64Array, label: number): Answer {
  const alone = { label, raw: probabilities[label] as number, examples: set.counts[label] as number };
  if (tolerance === 0) return alone;
  const value = set.labels[label] as Label | null;
  let { raw, examples } = alone;
  set.labels.forEach((other, index) => {
    if (index === label || !isWithin(value, other, tolerance)) return;
    raw += probabilities[index] as number;
    examples += set.counts[index] as number;
  });
  return { label, raw, examples };
}
