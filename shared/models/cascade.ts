import { isDeepStrictEqual } from 'node:util';
import type { ModelAnswer, Models, Question } from '../ports/index.ts';
import { failedAnswer, type Tier } from './answer.ts';

/**
 * Claude where it is configured, else the learned model, else nobody. Where Claude decides, the learned model is heard
 * too: a field that it is sure of and sees otherwise becomes a doubt. A Claude that fails is not replaced: its case
 * goes to a person.
 */
export function cascade(tiers: { readonly learned: Tier; readonly claude: Tier }): Models {
  return {
    async judge(question) {
      const [learned, claude] = await Promise.all([heard(tiers.learned, question), tiers.claude(question)]);
      if (claude !== null) return withSecondOpinion(question, claude, learned);
      return learned ?? failedAnswer('learned', 'none', 'No model is configured for this workflow.');
    },
  };
}

/** A model file that cannot be read or scored is a failed answer, so that what Claude said and cost is not lost. */
async function heard(tier: Tier, question: Question): Promise<ModelAnswer | null> {
  try {
    return await tier(question);
  } catch {
    return failedAnswer('learned', `learned:${question.workflow.id}`, 'The learned model could not be used.');
  }
}

function withSecondOpinion({ notes }: Question, claude: ModelAnswer, learned: ModelAnswer | null): ModelAnswer {
  if (claude.judgement === null || learned === null) return claude;
  if (learned.status === 'failed') return { ...claude, doubts: [...claude.doubts, ...learned.doubts] };
  // It cannot know what people told, and must not hold it against an answer that does.
  if (notes.length > 0) return claude;
  return { ...claude, doubts: [...claude.doubts, ...contested(claude, learned)] };
}

/** The fields that the learned model may decide by itself and decides otherwise. */
function contested(claude: ModelAnswer, learned: ModelAnswer): string[] {
  const { judgement } = learned;
  if (judgement === null) return [];
  return (
    learned.fields
      .filter(({ threshold, confidence }) => threshold !== null && confidence >= threshold)
      // One agent of several is asked for some of the fields only.
      .filter(({ field }) => claude.judgement !== null && Object.hasOwn(claude.judgement, field))
      .filter(({ field }) => !isDeepStrictEqual(judgement[field], claude.judgement?.[field]))
      .map(
        ({ field }) => `The learned model is sure of another answer for ${field}: ${JSON.stringify(judgement[field])}.`,
      )
  );
}
