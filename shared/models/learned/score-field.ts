import { answerFrom, type Classifier, classify } from './classifier.ts';
import { applyCurve } from './confidence-curve.ts';
import type { Label, Reason, ScoredField } from './contract.ts';
import type { Emission } from './emission.ts';
import type { Explain } from './explain.ts';
import { type Decision, FEWEST_EXAMPLES, type FieldModel } from './field-model.ts';
import type { Flat } from './flatten.ts';
import { historyKeys } from './history-keys.ts';
import { historyReason } from './history-reason.ts';
import { lookUpNumber } from './number-history.ts';
import type { SparseVector, View } from './vectors.ts';

/** One case as the fields read it. */
export interface ReadCase {
  readonly flat: Flat;
  readonly emission: Emission;
  readonly vectorFor: (view: View) => SparseVector;
  readonly explain: Explain;
}

export interface FieldResult {
  readonly name: string;
  readonly isRequired: boolean;
  /** Confidence before the curve. */
  readonly raw: number;
  readonly scored: ScoredField;
}

export function scoreField(model: FieldModel, known: ReadCase): FieldResult {
  const { value, raw, examples, top, because } = read(model.decision, known);
  const shown = (confidence: number): number => applyCurve(model.curve, confidence);
  const { threshold, doubtful } = model;
  const isSure = threshold !== null && raw >= threshold;
  const passes = isSure && value !== null && examples >= FEWEST_EXAMPLES && !doubtful.includes(value);
  const scored: ScoredField = {
    value,
    confidence: shown(raw),
    threshold: threshold === null ? null : shown(threshold),
    passes,
    top: top.map((one) => ({ value: one.value, confidence: shown(one.raw) })),
    because,
  };
  return { name: model.name, isRequired: model.isRequired, raw, scored };
}

interface Reading {
  readonly value: Label | null;
  readonly raw: number;
  readonly examples: number;
  readonly top: readonly { readonly value: Label | null; readonly raw: number }[];
  readonly because: readonly Reason[];
}

function read(decision: Decision, known: ReadCase): Reading {
  switch (decision.by) {
    case 'constant':
      return single(decision.value, decision.confidence, [{ feature: 'every example says so', weight: 1 }]);
    case 'class':
      return readClasses(decision.classifier, known, (label) => label);
    case 'copy':
      return readClasses(decision.classifier, known, (path) => numberAt(known.flat, path));
    case 'history': {
      const guess = lookUpNumber(decision.history, historyKeys(decision.history.plan, known.flat));
      return guess ? single(guess.value, guess.raw, []) : single(null, 0, []);
    }
  }
}

function single(value: Label | null, raw: number, because: readonly Reason[]): Reading {
  return { value, raw, examples: Number.POSITIVE_INFINITY, top: [{ value, raw }], because };
}

const TOP = 3;

function readClasses(
  classifier: Classifier,
  { flat, vectorFor, explain }: ReadCase,
  toValue: (label: Label | null) => Label | null,
): Reading {
  const vector = vectorFor(classifier.view);
  const probabilities = classify(classifier, vector, flat);
  const { label, raw, examples } = answerFrom(classifier, classifier.tolerance, probabilities);
  const others = [...probabilities.keys()].filter((other) => other !== label);
  others.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b);
  const labelled = (index: number): Label | null => toValue(classifier.labels[index] ?? null);
  const rest = others
    .slice(0, TOP - 1)
    .map((other) => ({ value: labelled(other), raw: probabilities[other] as number }));
  const past = classifier.history ? historyReason(classifier.history, flat, label) : [];
  const own = classifier.linear ? explain(classifier.linear, label, vector) : [];
  return {
    value: labelled(label),
    raw,
    examples,
    top: [{ value: labelled(label), raw }, ...rest],
    because: [...past, ...own],
  };
}

function numberAt(flat: Flat, path: Label | null): number | null {
  const value = path === null ? undefined : flat.get(String(path))?.[0];
  return typeof value === 'number' ? value : null;
}
