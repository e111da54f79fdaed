/** How the learned model is trained: which fields, which features, how sure it has to be. */
export interface LearnedSettings {
  /** Share of decisions (0 to 1) that has to be right where all required fields are decided alone, such as 0.9. */
  readonly target: number;
  readonly fields: readonly LearnedField[];
  /**
   * How paths are read, such as `{ 'input.building': 'category', 'input.name': 'ignore' }`. Default for each path that is not named:
   * guessed from the examples, a short value that repeats as a category and other words as text.
   */
  readonly features?: Readonly<Record<string, FeatureKind>>;
  /** Pairs of paths whose values speak together. */
  readonly crosses?: readonly (readonly [string, string])[];
  /** Paths whose unseen values, such as a new vendor, are not decided alone. */
  readonly keys?: readonly string[];
  /** By which values past cases are looked up, lists of paths from the narrowest key to the broadest. */
  readonly history?: LearnedHistory;
  /** Share of real cases that belong to no label. Default: the share among the examples, at least 0.05 where any is. */
  readonly outOfScopeShare?: number;
}

export interface LearnedHistory {
  /** At most eight where it learns as it goes. */
  readonly keys: readonly (readonly string[])[];
  /** Whatever people confirm or correct counts from the next case on, until the model is trained again. Default: false. */
  readonly learnsAsItGoes?: boolean;
}

export interface LearnedField {
  readonly name: string;
  readonly kind: 'class' | 'number';
  readonly tolerance?: number;
  /**
   * False for a field of an agent that has a turn only sometimes: the others are sure, or not, without it. Default: true.
   */
  readonly required?: boolean;
  /** Paths that may speak for it, where not all should. */
  readonly reads?: readonly string[];
  /** `model`: without the look-up of past cases, where there is one. Default: both, averaged. */
  readonly use?: 'model' | 'history' | 'both';
}

export type FeatureKind = 'text' | 'category' | 'number' | 'date' | 'ignore' | { readonly cuts: readonly number[] };
