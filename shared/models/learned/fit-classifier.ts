import type { Bag } from './bag.ts';
import { type Cases, inOrderOfDate } from './cases.ts';
import type { KeyedHistory } from './classifier.ts';
import type { Flat } from './flatten.ts';
import { type HistoryPlan, historyKeys } from './history-keys.ts';
import { emptyLabelHistory, rememberLabel } from './label-history.ts';
import type { LabelledRow } from './labels.ts';
import { type LinearModel, type LinearOptions, trainLinear } from './linear.ts';
import { type SparseVector, type View, vectorizer, vectorRows } from './vectors.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface FitOptions extends LinearOptions {
  readonly classes: number;
  readonly view: View;
  readonly usesModel: boolean;
  readonly history: HistoryPlan | null;
  /** After so many later cases a past one counts half in the history; null: it never fades. */
  readonly halfLife: number | null;
}

/** The parts of a classifier as they would be shipped, before calibration. */
export interface Fitted {
  readonly linear: LinearModel | null;
  readonly toVector: (bag: Bag) => SparseVector;
  readonly history: KeyedHistory | null;
}

/** Fits on the labelled rows alone. */
export function fitClassifier(
  cases: Cases,
  labelled: readonly LabelledRow[],
  options: FitOptions,
  vocabulary: Vocabulary,
): Fitted {
  const history = options.history ? fitHistory(cases, labelled, options.history, options.halfLife) : null;
  if (!options.usesModel) return { linear: null, toVector: noVector, history };
  const rows = Int32Array.from(labelled, ({ row }) => row);
  const toVector = vectorizer(vocabulary, options.view);
  const vectors = vectorRows(cases.bags, rows, toVector, vocabulary.buckets.length);
  const labels = Int32Array.from(labelled, ({ label }) => label);
  return { linear: trainLinear(vectors, labels, options.classes, options), toVector, history };
}

function fitHistory(
  cases: Cases,
  labelled: readonly LabelledRow[],
  plan: HistoryPlan,
  halfLife: number | null,
): KeyedHistory {
  const history = { ...emptyLabelHistory(plan.keys.length, halfLife), plan };
  const inOrder = halfLife === null ? labelled : inOrderOfDate(cases, labelled);
  for (const { row, label } of inOrder) rememberLabel(history, historyKeys(plan, cases.flats[row] as Flat), label);
  return history;
}

function noVector(): SparseVector {
  return { indices: new Int32Array(0), values: new Float32Array(0) };
}
