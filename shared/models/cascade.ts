import type { ModelAnswer, Models } from '../ports/index.ts';
import { failedAnswer, type Tier } from './answer.ts';

/**
 * Claude where it is configured, else the learned model, else nobody. Where Claude decides, the learned model is heard
 * too: a field that it is sure of and sees otherwise becomes a doubt.
 */
export function cascade(tiers: { readonly learned: Tier; readonly claude: Tier }): Models {
  return {
    async judge(question) {
      const [learned, claude] = await Promise.all([tiers.learned(question), tiers.claude(question)]);
      if (claude !== null) return withSecondOpinion(claude, learned);
      return learned ?? failedAnswer('learned', 'none', 'No model is configured for this workflow.');
    },
  };
}

function withSecondOpinion(claude: ModelAnswer, learned: ModelAnswer | null): ModelAnswer {
  if (claude.judgement === null || learned?.judgement === null || learned === null) return claude;
  const { judgement } = learned;
  const contested = learned.fields
    .filter(({ threshold, confidence }) => threshold !== null && confidence >= threshold)
    .filter(({ field }) => judgement[field] !== claude.judgement?.[field])
    .map(({ field }) => `The learned model is sure of another answer for ${field}: ${String(judgement[field])}.`);
  return { ...claude, doubts: [...claude.doubts, ...contested] };
}
