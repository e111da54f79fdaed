import type { ModelTier } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Question } from '../ports/index.ts';

/** What one tier of the cascade made of a question; null when it has nothing to say at all (no model, no key). */
export type Tier = (question: Question) => Promise<ModelAnswer | null>;

/** No answer at all, with the reason that a person will read. */
export function failedAnswer(
  tier: ModelTier,
  model: string,
  problem: string,
  { usage = NO_USAGE, cap = null, attempts = [] }: Partial<Pick<ModelAnswer, 'usage' | 'cap' | 'attempts'>> = {},
): ModelAnswer {
  return {
    ...{ status: 'failed', tier, model, judgement: null, confidence: 0, fields: [], reasons: [] },
    doubts: [problem],
    ...{ usage, cites: null, attempts, cap },
  };
}
