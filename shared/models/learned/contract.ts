/** What callers of the learned tier pass in and get back. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** One approved decision. `null` says that no label is right: the case is out of scope. A field left out is not taught. */
export interface Example {
  readonly id: string;
  readonly input: Json;
  readonly expected: Readonly<Record<string, Label | null>>;
  /** Rows of one group are never split between fitting and checking; identical inputs never are anyway. */
  readonly group?: string;
  /** ISO date. When every example has one and there are enough, the newest fifth calibrates. */
  readonly date?: string;
  /** The case that it was made of, where it was one: what people confirmed of that case is in the model then. */
  readonly caseId?: string;
}

export type Label = string | boolean | number;

export interface LearnedSpec {
  readonly fields: readonly FieldSpec[];
  /** Kinds by path where the guess from the examples is not wanted; several kinds at once may be given. */
  readonly features?: Readonly<Record<string, FeatureOverride>>;
  /**
   * Pairs of paths whose values speak together. `path[0..5]` means the first five characters. While examples are few, a category and a
   * text that are not named here are joined where that foretells a field clearly better.
   */
  readonly crosses?: readonly (readonly [string, string])[];
  /** Paths whose unseen values (a new vendor) must not be decided alone. */
  readonly keys?: readonly string[];
  readonly history?: HistorySpec;
  /** Accuracy wanted where all required fields are decided alone, such as 0.9. */
  readonly target: number;
  /** Share of real traffic that belongs to no label. Default: the share seen, at least 0.05 where any was seen. */
  readonly outOfScopeShare?: number;
  /** Weight of categories and numbers against text. Default: chosen from the examples while they are few, else 1. */
  readonly categoryWeight?: number;
  /** Default 1. */
  readonly seed?: number;
}

export interface FieldSpec {
  readonly name: string;
  readonly kind: 'class' | 'number';
  /** A number within this distance is right. Default 0. */
  readonly tolerance?: number;
  /** Default true. A field that is not required never keeps a case from being decided. */
  readonly required?: boolean;
  /** Default: the target of the whole. */
  readonly target?: number;
  /**
   * Paths that may speak for this field; `sources.profile` stands for all below it. Default: chosen from the examples while they are
   * few, else all.
   */
  readonly reads?: readonly string[];
  /**
   * The target must hold for each value by itself: those that miss it beyond chance are only suggested. Default: true for fields of two
   * values, where a rare yes would hide behind a common no.
   */
  readonly judgesEachValue?: boolean;
  /** `logistic` where the probability itself is the product. Default `svm`. */
  readonly learner?: 'svm' | 'logistic';
  /**
   * `both` joins the history with the text and category model: where history learns, by weights learned from the examples if that is
   * clearly better, else by their mean. Default: `both` where history is named.
   */
  readonly use?: 'model' | 'history' | 'both';
}

export type FeatureOverride = FeatureKind | readonly FeatureKind[] | NumberFeature;
export type FeatureKind = 'text' | 'category' | 'number' | 'date' | 'ignore';

export interface NumberFeature {
  readonly kind?: 'number';
  /** Fixed edges that the policy names, rising. A value on an edge belongs above it: write 501 for "more than 500". */
  readonly cuts: readonly number[];
}

export interface HistorySpec {
  /** Lists of paths from the narrowest key to the broadest; the empty key (everything) is always added. */
  readonly keys: readonly (readonly string[])[];
  /** Confirmed cases are remembered as they come, and calibration replays that. Needs dates. Default false. */
  readonly learns?: boolean;
}

export interface LearnedModel {
  /** Cases that are among its examples. */
  readonly caseIds: ReadonlySet<string>;
  /** `more`: cases that were confirmed since it was trained; they count for this answer alone. */
  score(input: Json, more?: readonly MoreCases[]): Scored;
  /** Takes a confirmed case into the history tables of this instance; nothing else of the model changes. */
  remember(input: Json, expected: Readonly<Record<string, Label | null>>): void;
}

/** Later cases that share a key of the history with the one that is scored. */
export interface MoreCases {
  /** As the specification has it. */
  readonly key: readonly string[];
  /** By field, one value a case. */
  readonly labels: Readonly<Record<string, readonly (Label | null)[]>>;
}

export interface Scored {
  readonly fields: Readonly<Record<string, ScoredField>>;
  /** True when every required field passes and nothing in `unknown` speaks against it. */
  readonly decides: boolean;
  /** Calibrated probability, 0 to 1, that all required fields are right. */
  readonly confidence: number;
  /** Why the case may not be decided alone although its fields might pass. */
  readonly unknown: readonly string[];
  /** The five nearest past cases, at most two per label of the first field. */
  readonly nearest: readonly Neighbour[];
}

export interface ScoredField {
  /** `null`: the case looks out of scope, or no value can be given. */
  readonly value: Label | null;
  /** Calibrated, 0 to 1. */
  readonly confidence: number;
  /** Confidence from which the field decides alone; `null` means suggest only. */
  readonly threshold: number | null;
  readonly passes: boolean;
  readonly top: readonly Suggestion[];
  /** Strongest first; a negative weight speaks against the value. */
  readonly because: readonly Reason[];
}

export interface Suggestion {
  readonly value: Label | null;
  readonly confidence: number;
}

export interface Reason {
  /** In words, such as `title: vp`. */
  readonly feature: string;
  readonly weight: number;
}

export interface Neighbour {
  readonly id: string;
  /** Cosine, 0 to 1. */
  readonly similarity: number;
  readonly expected: Readonly<Record<string, Label | null>>;
}
