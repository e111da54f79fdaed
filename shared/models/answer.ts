import type { TierRule } from '../authoring/index.ts';
import type { JsonObject, ModelTier } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Question } from '../ports/index.ts';

/** What one tier of the cascade made of a question; null when it has nothing to say at all (no model, no key). */
export type Tier = (question: Question, asked: Asked) => Promise<TierAnswer | null>;

/** How a tier is asked. */
export interface Asked {
  readonly rule: TierRule;
  /** What the tiers before it said, in their order. */
  readonly earlier: readonly TierAnswer[];
}

/** `confidence` and those of the fields are as the model states them. */
export interface TierAnswer extends Omit<ModelAnswer, 'opinions'> {
  /** What the next tier is told beside the answer. */
  readonly handOn?: HandOn;
}

export interface HandOn {
  /** By field: the likeliest values, likeliest first. */
  readonly likely: Readonly<Record<string, readonly { readonly value: unknown; readonly confidence: number }[]>>;
  /** Past cases that are most alike, with what was right for them. */
  readonly alike: readonly { readonly similarity: number; readonly decision: JsonObject }[];
}

/** No answer at all, with the reason that a person will read. */
export function failedAnswer(
  tier: ModelTier,
  model: string,
  problem: string,
  given: Partial<Pick<TierAnswer, 'usage' | 'cap' | 'attempts' | 'isDown'>> = {},
): TierAnswer {
  const { usage = NO_USAGE, cap = null, attempts = [], isDown = false } = given;
  return {
    ...{ status: 'failed', tier, model, judgement: null, confidence: 0, fields: [], reasons: [] },
    doubts: [problem],
    ...{ usage, cites: null, attempts, cap },
    ...(isDown ? { isDown } : {}),
  };
}
