import * as z from 'zod';
import type { FieldConfidence, Usage } from '../contracts/index.ts';
import { addUsage, NO_USAGE } from '../domain/usage.ts';
import type { Assets, Clock, ModelAnswer, Question, Secrets } from '../ports/index.ts';
import { failedAnswer, type Tier } from './answer.ts';
import { type ClaudeCall, callClaude } from './claude-call.ts';
import { instructionsFor, questionText } from './claude-prompt.ts';

export interface ClaudePorts {
  readonly secrets: Secrets;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly model: string;
  /** Null for the API of its maker. */
  readonly baseUrl: string | null;
}

/** Answers that fail the schema are sent back once with what is wrong. */
const MOST_TRIES = 2;

/**
 * Stated confidence counts up to here until evaluations have measured how often people agree: the accuracy that a
 * workflow must show before it goes live at all.
 */
const HIGHEST_UNMEASURED = 0.85;

/** Claude by the Anthropic API; null when no key is configured. */
export function claudeTier(ports: ClaudePorts): Tier {
  return async (question) => {
    const apiKey = await ports.secrets.anthropicApiKey();
    if (apiKey === null) return null;
    return askClaude(ports, apiKey, question);
  };
}

async function askClaude(ports: ClaudePorts, apiKey: string, question: Question): Promise<ModelAnswer> {
  const { agent, workflow, deadlineMs } = question;
  const schema = answerSchema(agent.judgement);
  const call: ClaudeCall = {
    apiKey,
    baseUrl: ports.baseUrl,
    model: ports.model,
    instructions: await instructionsFor(ports.assets, workflow.id, agent),
    question: questionText(question),
    schema: z.toJSONSchema(schema, { unrepresentable: 'any' }),
    deadlineMs,
    clock: ports.clock,
  };
  let usage: Usage = NO_USAGE;
  let repair: ClaudeCall['repair'];
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const reply = await callClaude(repair === undefined ? call : { ...call, repair });
    usage = addUsage(usage, reply.usage);
    if (reply.kind === 'failed') return failedAnswer('smart', ports.model, reply.problem, usage);
    const parsed = schema.safeParse(reply.answer);
    if (parsed.success) return answered(ports.model, parsed.data, usage, attempt > 1);
    repair = { given: reply, problem: z.prettifyError(parsed.error) };
  }
  return failedAnswer('smart', ports.model, `The answer did not fit the schema: ${repair?.problem ?? ''}`, usage);
}

/** The judgement, and beside it what helps people and the thresholds. */
function answerSchema(judgement: z.ZodType<Record<string, z.core.util.JSONType>>) {
  return z.strictObject({
    judgement,
    reasons: z.array(z.string().max(500)).max(10).describe('Why, in short sentences; each rests on the given facts'),
    confidence: z.number().min(0).max(1).describe('How sure you are that a careful colleague would agree, 0 to 1'),
    doubts: z.array(z.string().max(500)).max(10).describe('What a person should look at; empty when nothing'),
  });
}

function answered(
  model: string,
  answer: z.infer<ReturnType<typeof answerSchema>>,
  usage: Usage,
  isRepaired: boolean,
): ModelAnswer {
  const confidence = Math.min(answer.confidence, HIGHEST_UNMEASURED);
  const fields: FieldConfidence[] = Object.keys(answer.judgement).map((field) => ({
    field,
    confidence,
    threshold: null,
    because: [],
  }));
  return {
    // An answer that came after failed checks is a draft for a person, never a decision.
    status: isRepaired ? 'degraded' : 'answered',
    tier: 'smart',
    model,
    judgement: answer.judgement,
    confidence,
    fields,
    reasons: answer.reasons,
    doubts: answer.doubts,
    usage,
  };
}
