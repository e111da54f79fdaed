import type { Classifier } from './classifier.ts';
import type { ConfidenceCurve } from './confidence-curve.ts';
import type { Label } from './contract.ts';
import type { NumberHistory } from './number-history.ts';

/** One field as it is shipped. */
export interface FieldModel {
  readonly name: string;
  readonly isRequired: boolean;
  readonly decision: Decision;
  /** Maps raw confidence to what people see; empty where the rows are too few for it. */
  readonly curve: ConfidenceCurve;
  /** Values that are suggested only, as they were wrong too often above the threshold. */
  readonly doubtful: readonly Label[];
  /** Raw confidence from which the field decides alone; null means suggest only. */
  readonly threshold: number | null;
}

export type Decision = ConstantDecision | ClassDecision | CopyDecision | HistoryNumberDecision;

/** The examples never said anything else. */
export interface ConstantDecision {
  readonly by: 'constant';
  readonly value: Label | null;
  readonly confidence: number;
}

export interface ClassDecision {
  readonly by: 'class';
  readonly classifier: Classifier;
}

/** The number stands at a path of the case, and the classifier says at which. */
export interface CopyDecision {
  readonly by: 'copy';
  readonly classifier: Classifier;
}

export interface HistoryNumberDecision {
  readonly by: 'history';
  readonly history: NumberHistory;
}

/** Labels with fewer examples than this are suggested, never decided alone. */
export const FEWEST_EXAMPLES = 5;
