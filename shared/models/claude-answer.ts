import * as z from 'zod';
import type { ModelTier, Usage } from '../contracts/index.ts';
import { parseUntrustedJson } from '../domain/untrusted-json.ts';
import type { ModelAnswer, Question } from '../ports/index.ts';

type Judgement = Question['agent']['judgement'];

/** The judgement, and beside it what helps people and the thresholds. */
export function answerSchema(judgement: Judgement) {
  return z.strictObject({
    judgement,
    reasons: z.array(z.string()).describe('Why, in at most ten short sentences; each rests on the given facts'),
    confidence: Confidence.describe('How sure you are that a careful colleague would agree, 0 to 1'),
    doubts: z.array(z.string()).describe('What a person should look at, at most ten sentences; empty when nothing'),
  });
}
export type ClaudeAnswer = z.infer<ReturnType<typeof answerSchema>>;

const Confidence = z.number().min(0).max(1);

export type ReadAnswer =
  | { readonly ok: true; readonly answer: ClaudeAnswer }
  | { readonly ok: false; readonly problem: string };

/**
 * One JSON text that fits the schema, and nothing around it: what stands in a code fence, comes twice or has a name
 * twice is refused, because two readers could read it differently. A confidence that is missing counts as the lowest.
 */
export function readAnswer(judgement: Judgement, text: string): ReadAnswer {
  const json = parseUntrustedJson(new TextEncoder().encode(text));
  if (!json.ok) return { ok: false, problem: 'It is not one JSON object as asked for.' };
  const parsed = answerSchema(judgement)
    .extend({ confidence: Confidence.default(0) })
    .safeParse(json.value);
  return parsed.success
    ? { ok: true, answer: parsed.data }
    : { ok: false, problem: cut(z.prettifyError(parsed.error), LONGEST_PROBLEM) };
}

const LONGEST_PROBLEM = 2_000;
const LONGEST_SENTENCE = 500;
const MOST_SENTENCES = 10;

/** Wordiness is no reason to refuse a judgement. */
function readable(sentences: readonly string[]): string[] {
  return sentences.slice(0, MOST_SENTENCES).map((sentence) => cut(sentence, LONGEST_SENTENCE));
}

function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/**
 * Stated confidence counts up to here until evaluations have measured how often people agree: the accuracy that a
 * workflow must show before it goes live at all.
 */
const HIGHEST_UNMEASURED = 0.85;

export function modelAnswer(
  answer: ClaudeAnswer,
  given: { readonly model: string; readonly usage: Usage; readonly isRepaired: boolean },
): ModelAnswer {
  const confidence = Math.min(answer.confidence, HIGHEST_UNMEASURED);
  return {
    // An answer that came after failed checks is a draft for a person, never a decision.
    status: given.isRepaired ? 'degraded' : 'answered',
    tier: tierOf(given.model),
    model: given.model,
    judgement: answer.judgement,
    confidence,
    fields: Object.keys(answer.judgement).map((field) => ({ field, confidence, threshold: null, because: [] })),
    reasons: readable(answer.reasons),
    doubts: readable(answer.doubts),
    usage: given.usage,
  };
}

/** The place of a model in the cascade, by its family; a model of another maker stands in the middle. */
export function tierOf(model: string): ModelTier {
  if (model.includes('haiku')) return 'fast';
  return /opus|fable|mythos/.test(model) ? 'deep' : 'smart';
}
