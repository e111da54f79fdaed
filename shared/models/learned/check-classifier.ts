import { type Bag, restrictBag } from './bag.ts';
import { type Cases, inOrderOfDate } from './cases.ts';
import { type Evidence, pastOf } from './classifier.ts';
import { type FitOptions, type Fitted, fitClassifier } from './fit-classifier.ts';
import type { Flat } from './flatten.ts';
import type { Split } from './folds.ts';
import { historyKeys } from './history-keys.ts';
import { rememberLabel } from './label-history.ts';
import type { LabelledRow } from './labels.ts';
import { linearScores } from './linear.ts';
import type { View } from './vectors.ts';
import { fitVocabulary, type Vocabulary } from './vocabulary.ts';

/** A split with the vocabulary of its fitting rows, which many trials share. */
export interface PreparedSplit extends Split {
  readonly vocabulary: Vocabulary;
}

export function prepareSplit(cases: Cases, split: Split): PreparedSplit {
  return { ...split, vocabulary: fitVocabulary(cases.bags, split.fit) };
}

export interface CheckedRow extends LabelledRow, Evidence {}

/**
 * Looks at each checked row with a classifier that did not see it. Where history learns, the rows of a split are walked in order of
 * date and each is remembered after it was predicted.
 */
export function checkSplits(
  cases: Cases,
  labelled: readonly LabelledRow[],
  splits: readonly PreparedSplit[],
  options: FitOptions & { readonly learns: boolean },
): CheckedRow[] {
  const seen = restrictCases(cases, options.view);
  const own = { ...options, view: { ...options.view, blocks: null } };
  const labelOf = new Map(labelled.map(({ row, label }) => [row, label]));
  const withLabels = (rows: Iterable<number>) => [...rows].map((row) => ({ row, label: labelOf.get(row) ?? 0 }));
  return splits.flatMap((split) => {
    const fitted = fitClassifier(seen, withLabels(split.fit), own, split.vocabulary);
    const checkedRows = withLabels(split.check);
    return (options.learns ? inOrderOfDate(cases, checkedRows) : checkedRows).map((checked) => {
      const evidence = evidenceOf(seen, fitted, checked.row, options.classes);
      if (options.learns) learn(cases, fitted, checked);
      return { ...checked, ...evidence };
    });
  });
}

/** Cut once for all splits what the view leaves out. */
function restrictCases(cases: Cases, { blocks }: View): Cases {
  return blocks === null ? cases : { ...cases, bags: cases.bags.map((bag) => restrictBag(bag, blocks)) };
}

function evidenceOf(cases: Cases, fitted: Fitted, row: number, classes: number): Evidence {
  const { linear, history, toVector } = fitted;
  return {
    scores: linear ? linearScores(linear, toVector(cases.bags[row] as Bag)) : undefined,
    ...pastOf(history, cases.flats[row] as Flat, classes),
  };
}

function learn(cases: Cases, { history }: Fitted, { row, label }: LabelledRow): void {
  if (history) rememberLabel(history, historyKeys(history.plan, cases.flats[row] as Flat), label);
}
