import type { ModelTier } from './decision.ts';

/** One part of what a model once said of a case, and whether people agreed. */
export interface PastOpinion {
  readonly tier: ModelTier;
  readonly model: string;
  /** A field of the judgement, or `*` for all of it. */
  readonly field: string;
  /** How sure the model said that it was. */
  readonly stated: number;
  readonly agrees: boolean;
}
