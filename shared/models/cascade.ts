import { isDeepStrictEqual } from 'node:util';
import type { TierRule } from '../authoring/index.ts';
import type { Opinion } from '../contracts/index.ts';
import { addUsage, NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Models, Question } from '../ports/index.ts';
import { failedAnswer, type Tier, type TierAnswer } from './answer.ts';
import { weighed } from './weigh.ts';

export type Tiers = Readonly<Record<Exclude<TierRule['tier'], 'scripted'>, Tier>> & {
  /** Where a deployment may play scripts; left out where it never may. */
  readonly scripted?: Tier;
};

/** Where an agent says nothing of its own. The dearest tier is asked only where a builder wants it. */
const DEFAULT_CASCADE: readonly TierRule[] = [{ tier: 'learned' }, { tier: 'fast' }, { tier: 'smart' }];

/**
 * Asks the tiers of the agent's cascade in turn, until one may decide alone: answered, without a doubt, and at or above
 * the threshold of every field by its measured confidence. What the others said is evidence for the next, and stays on
 * record. Where no tier may decide, the last answer is the draft of a person, with every reason why it is no more.
 */
export function cascade(tiers: Tiers): Models {
  return {
    async judge(question) {
      const asked: Asked[] = [];
      for (const rule of question.agent.cascade ?? DEFAULT_CASCADE) {
        const said = await heard(tiers, rule, question, asked);
        if (said === null) continue;
        const answer = await weighed(question, rule, said);
        asked.push({ rule, said, answer });
        if (mayDecide(asked, question) || answer.cap !== null || answer.isDown === true) break;
      }
      return together(asked, question);
    },
  };
}

interface Asked {
  readonly rule: TierRule;
  /** With the confidence that the model stated. */
  readonly said: TierAnswer;
  /** With what that counts for. */
  readonly answer: TierAnswer;
}

/** A model file that cannot be read or scored is a failed answer, so that what other tiers say and cost is not lost. */
async function heard(
  tiers: Tiers,
  rule: TierRule,
  question: Question,
  asked: readonly Asked[],
): Promise<TierAnswer | null> {
  try {
    const tier = tiers[rule.tier];
    if (tier === undefined) return null;
    return await tier(question, { rule, earlier: asked.map(({ answer }) => answer) });
  } catch {
    const words = rule.tier === 'learned' ? 'The learned model could not be used.' : 'The model could not be asked.';
    return failedAnswer(rule.tier, `${rule.tier}:${question.workflow.id}`, words);
  }
}

/** Written so that what is no probability decides nothing. */
function mayDecide(asked: readonly Asked[], question: Question): boolean {
  const last = asked.at(-1)?.answer;
  if (last === undefined || last.status !== 'answered' || last.judgement === null) return false;
  const { confidence } = last;
  return confidence >= question.minimumConfidence && confidence <= 1 && doubtsOf(asked, question).length === 0;
}

/** All that stands in the way of the last answer. */
function doubtsOf(asked: readonly Asked[], question: Question): readonly string[] {
  const last = asked.at(-1);
  return last === undefined ? [] : [...last.answer.doubts, ...contested(last.answer, asked, question)];
}

/** The last answer as the agent's, with the draft of an earlier tier where there is none, and the cost of all. */
function together(asked: readonly Asked[], question: Question): ModelAnswer {
  const last = asked.at(-1);
  if (last === undefined) return failedAnswer('learned', 'none', 'No model is configured for this workflow.');
  const draft = asked.findLast(({ answer }) => answer.judgement !== null)?.answer;
  const usage = asked.reduce((sum, { said }) => addUsage(sum, said.usage), NO_USAGE);
  const own = drafted(last.answer, draft);
  const broken = brokenLearned(asked, own);
  const doubts = last.answer === own ? doubtsOf(asked, question) : own.doubts;
  const { handOn: _handOn, ...answer } = { ...own, doubts: [...doubts, ...broken], usage };
  return { ...answer, opinions: opinionsOf(asked, question) };
}

/** A tier that failed does not take the words of the one before it away: they are the draft, and it failed all the same. */
function drafted(last: TierAnswer, draft: TierAnswer | undefined): TierAnswer {
  if (draft === undefined || draft === last || last.judgement !== null) return last;
  const { status, doubts, cap, attempts } = last;
  const isDown = last.isDown === undefined ? {} : { isDown: last.isDown };
  return { ...draft, status, doubts: [...doubts, ...draft.doubts], cap, attempts, ...isDown };
}

/** Claude may go on without the learned model, but somebody should know that it did. */
function brokenLearned(asked: readonly Asked[], own: TierAnswer): readonly string[] {
  const learned = asked.find(({ rule }) => rule.tier === 'learned')?.answer;
  return learned === undefined || learned.status !== 'failed' || learned === own ? [] : learned.doubts;
}

function opinionsOf(asked: readonly Asked[], question: Question): Opinion[] {
  const decided = mayDecide(asked, question) ? asked.at(-1) : undefined;
  return asked.map(({ rule: { tier }, said, answer }, at) => ({
    ...{ tier, model: said.model, status: said.status, judgement: said.judgement },
    ...{ stated: said.confidence, confidence: answer.confidence, costUsd: said.usage.costUsd },
    doubts: asked[at] === decided ? [] : [...answer.doubts],
    // It cannot read what people told, so this answer says nothing of how good it is.
    ...(tier === 'learned' && question.notes.length > 0 ? { judgement: null } : {}),
  }));
}

/** The fields that the learned model may decide by itself, and sees otherwise. */
function contested({ judgement, tier }: TierAnswer, asked: readonly Asked[], { notes }: Question): string[] {
  const learned = asked.find(({ rule }) => rule.tier === 'learned')?.answer;
  const own = learned?.judgement ?? null;
  if (learned === undefined || own === null || judgement === null || tier === 'learned') return [];
  // It cannot know what people told, and must not hold it against an answer that does.
  if (notes.length > 0) return [];
  return (
    learned.fields
      .filter(({ threshold, confidence }) => threshold !== null && confidence >= threshold)
      // One agent of several is asked for some of the fields only.
      .filter(({ field }) => Object.hasOwn(judgement, field))
      .filter(({ field }) => !isDeepStrictEqual(own[field], judgement[field]))
      .map(({ field }) => `The learned model is sure of another answer for ${field}: ${JSON.stringify(own[field])}.`)
  );
}
