import * as z from 'zod';
import { addUsage } from '../domain/usage.ts';
import type { Assets, Clock, ModelAnswer, Question, Secrets } from '../ports/index.ts';
import { failedAnswer, type Tier } from './answer.ts';
import { askedSchema, asRead, modelAnswer, readAnswer, tierOf } from './claude-answer.ts';
import { type ClaudeCall, type ClaudeReply, callClaude } from './claude-call.ts';
import { instructionsFor, questionText } from './claude-prompt.ts';
import { type Conversation, converse } from './claude-readings.ts';
import {
  type ClaudeMessages,
  type ClaudeQuestion,
  claudeRequest,
  type Later,
  repairMessages,
} from './claude-request.ts';
import { inTime, type TimeLimit, timeLimit } from './time-limit.ts';

export interface ClaudePorts {
  readonly secrets: Secrets;
  readonly assets: Assets;
  readonly clock: Clock;
  readonly model: string;
  /** Null for the API of its maker. */
  readonly baseUrl: string | null;
  /** Spreads the pauses between tries: evenly from 0 up to 1. Default: the machine's own chance. */
  readonly chance?: () => number;
}

/** Named always, because the SDK would take it from the environment otherwise. */
const MAKERS_URL = 'https://api.anthropic.com';

/** Kept free before the caller's deadline, so that the answer is back in time. */
const MARGIN_MS = 250;

/**
 * Claude by the Anthropic API; null when no key is configured. A key that cannot be read is a failure, so that a case
 * never changes its decider unnoticed. Never throws, and answers before the caller's deadline.
 */
export function claudeTier(ports: ClaudePorts): Tier {
  return async (question) => {
    const limit = timeLimit(ports.clock, question.deadlineMs - MARGIN_MS);
    const failed = (problem: string): ModelAnswer => failedAnswer(tierOf(ports.model), ports.model, problem);
    const key = await inTime(limit, () => ports.secrets.anthropicApiKey());
    if (!key.ok) return failed('The key of the model service could not be read.');
    if (key.value === null) return null;
    const asked = await inTime(limit, () => questionFor(ports, question));
    if (!asked.ok) return failed('The instructions or the answer of this agent could not be put as a question.');
    const ask = (later: Later): Promise<ClaudeReply> =>
      callClaude({ ...callFor(ports, key.value ?? '', limit, asked.value, later), purse: question.purse });
    return decide(question, asked.value, (said) => converse(question.lookUp, limit, ask, said));
  };
}

async function questionFor({ assets, model }: ClaudePorts, question: Question): Promise<ClaudeQuestion> {
  const { agent, workflow, lookUp } = question;
  return {
    model,
    instructions: await instructionsFor(assets, workflow.id, agent),
    question: questionText(question),
    schema: z.toJSONSchema(askedSchema(agent), { unrepresentable: 'any' }),
    tools: lookUp.sources.map(({ id, title, asks }) => ({
      name: id,
      description: `${title}: ${asks.description}`,
      schema: z.toJSONSchema(asks.schema, { unrepresentable: 'any', io: 'input' }),
    })),
  };
}

/** An answer that does not fit is sent back once with what is wrong. */
async function decide(
  { agent }: Question,
  { model }: ClaudeQuestion,
  ask: (said: ClaudeMessages) => Promise<Conversation>,
): Promise<ModelAnswer> {
  const failed = (
    reply: Conversation['reply'],
    problem: string,
    given: Parameters<typeof failedAnswer>[3],
  ): ModelAnswer =>
    failedAnswer(tierOf(model), reply.model, problem, { cap: reply.kind === 'failed' ? reply.cap : null, ...given });
  const { reply: first, messages } = await ask([]);
  if (first.kind === 'failed') return failed(first, first.problem, { usage: first.usage });
  const read = readAnswer(agent.judgement, first.text);
  if (read.ok) return modelAnswer(agent, read.answer, { ...first, attempts: [] });
  const misfit = `The answer did not fit: ${read.problem}`;
  const attempts = [asRead(first.text)];
  if (first.text.trim() === '') return failed(first, misfit, { usage: first.usage });

  const { reply: second } = await ask([...messages, ...repairMessages(first.text, read.problem)]);
  const usage = addUsage(first.usage, second.usage);
  if (second.kind === 'failed') return failed(second, `${misfit} ${second.problem}`, { usage, attempts });
  const repaired = readAnswer(agent.judgement, second.text);
  if (repaired.ok) return modelAnswer(agent, repaired.answer, { model: second.model, usage, attempts });
  const problem = `The answer did not fit, twice: ${repaired.problem}`;
  return failed(second, problem, { usage, attempts: [...attempts, asRead(second.text)] });
}

function callFor(
  { baseUrl, clock, chance }: ClaudePorts,
  apiKey: string,
  limit: TimeLimit,
  asked: ClaudeQuestion,
  later: Later,
): Omit<ClaudeCall, 'purse'> {
  const request = claudeRequest(asked, later);
  return { apiKey, baseUrl: baseUrl ?? MAKERS_URL, request, ...limit, clock, chance: chance ?? Math.random };
}
