import * as z from 'zod';
import type { Agent } from '../authoring/index.ts';
import type { ModelTier, Usage } from '../contracts/index.ts';
import type { Mask } from '../domain/masking.ts';
import { parseUntrustedJson } from '../domain/untrusted-json.ts';
import type { Question } from '../ports/index.ts';
import type { TierAnswer } from './answer.ts';

type Judgement = Question['agent']['judgement'];

/** What Claude is asked for: the answer, and which of its sources it rests on where the agent reads any. */
export function askedSchema({ judgement, sources }: Pick<Agent, 'judgement' | 'sources'>) {
  const cites = z.array(z.enum([...sources])).describe('Ids of the sources that your judgement rests on, at least one');
  return answerSchema(judgement).extend(sources.length === 0 ? {} : { cites });
}

/** The judgement, and beside it what helps people and the thresholds. */
function answerSchema(judgement: Judgement) {
  return z.strictObject({
    judgement,
    reasons: z.array(z.string()).describe('Why, in at most ten short sentences; each rests on the given facts'),
    confidence: Confidence.describe('How sure you are that a careful colleague would agree, 0 to 1'),
    doubts: z.array(z.string()).describe('What a person should look at, at most ten sentences; empty when nothing'),
  });
}
export type ClaudeAnswer = z.infer<ReturnType<typeof answerSchema>> & { readonly cites: readonly string[] };

const Confidence = z.number().min(0).max(1);

export type ReadAnswer =
  | { readonly ok: true; readonly answer: ClaudeAnswer }
  | { readonly ok: false; readonly problem: string };

/**
 * One JSON text that fits the schema, and nothing around it: what stands in a code fence, comes twice or has a name
 * twice is refused, because two readers could read it differently. A confidence that is missing counts as the lowest, and
 * sources that are not named as none; whether it may rest on those that are named is for the judge to say.
 * @param mask turns what stands for personal values into them again
 */
export function readAnswer(judgement: Judgement, text: string, mask: Pick<Mask, 'bringBack'>): ReadAnswer {
  const json = parseUntrustedJson(new TextEncoder().encode(text));
  if (!json.ok) return { ok: false, problem: 'It is not one JSON object as asked for.' };
  const parsed = answerSchema(judgement)
    .extend({ confidence: Confidence.default(0), cites: z.array(z.string()).default([]) })
    .safeParse(mask.bringBack(json.value));
  return parsed.success
    ? { ok: true, answer: parsed.data }
    : { ok: false, problem: cut(z.prettifyError(parsed.error), LONGEST_PROBLEM) };
}

const LONGEST_PROBLEM = 2_000;
const LONGEST_ATTEMPT = 4_000;
const LONGEST_SENTENCE = 500;
const MOST_SENTENCES = 10;

/** An answer that failed its checks, for people to look at. */
export function asRead(text: string): string {
  return cut(text, LONGEST_ATTEMPT);
}

/** Wordiness is no reason to refuse a judgement. */
function readable(sentences: readonly string[]): string[] {
  return sentences.slice(0, MOST_SENTENCES).map((sentence) => cut(sentence, LONGEST_SENTENCE));
}

function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/**
 * With the confidence that the model states, for all fields alike.
 * @param given with the attempts that failed before it
 */
export function modelAnswer(
  { sources }: Pick<Agent, 'sources'>,
  answer: ClaudeAnswer,
  given: {
    readonly tier: ModelTier;
    readonly model: string;
    readonly usage: Usage;
    readonly attempts: readonly string[];
  },
): TierAnswer {
  const { confidence } = answer;
  return {
    // An answer that came after failed checks is a draft for a person, never a decision.
    status: given.attempts.length > 0 ? 'degraded' : 'answered',
    tier: given.tier,
    model: given.model,
    judgement: answer.judgement,
    confidence,
    fields: Object.keys(answer.judgement).map((field) => ({ field, confidence, threshold: null, because: [] })),
    reasons: readable(answer.reasons),
    doubts: readable(answer.doubts),
    usage: given.usage,
    cites: sources.length === 0 ? null : readable(answer.cites),
    attempts: [...given.attempts],
    cap: null,
  };
}
