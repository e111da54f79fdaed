import type { Agent } from '../authoring/index.ts';
import type { ModelTier } from '../contracts/index.ts';
import { jsonSchemaOf } from '../domain/json-schema-of.ts';
import type { Mask } from '../domain/masking.ts';
import { addUsage } from '../domain/usage.ts';
import type { Assets, Clock, Question, RequestSigner, Secrets } from '../ports/index.ts';
import { type Asked, failedAnswer, type Tier, type TierAnswer } from './answer.ts';
import { askedSchema, asRead, modelAnswer, readAnswer } from './claude-answer.ts';
import { type ClaudeAccess, type ClaudeCall, type ClaudeReply, callClaude } from './claude-call.ts';
import { instructionsFor, questionText } from './claude-prompt.ts';
import { type Conversation, converse } from './claude-readings.ts';
import {
  type ClaudeMessages,
  type ClaudeQuestion,
  claudeRequest,
  type Later,
  repairMessages,
} from './claude-request.ts';
import { maskedAnswer, maskedQuestion, maskFor } from './masked.ts';
import { inTime, type TimeLimit, timeLimit } from './time-limit.ts';

export interface ClaudePorts {
  readonly secrets: Secrets;
  readonly assets: Assets;
  readonly clock: Clock;
  /** For the models in Bedrock, in place of a key. Default: none. */
  readonly signer?: RequestSigner | null;
  /** Null where this tier is not configured. */
  readonly model: string | null;
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
 * Claude by the API of its maker, or in Bedrock; null when no key is configured where one is needed. A key that cannot be
 * read is a failure, so that a case never changes its decider unnoticed. Answers before the caller's deadline.
 * @throws only where the input of the workflow has a schema that cannot be looked through for personal fields.
 */
export function claudeTier(ports: ClaudePorts): Tier {
  return async (question, asked) => {
    // It is not configured, such as a second model where a service has just one.
    if (ports.model === null) return null;
    const of = { tier: asked.rule.tier, model: ports.model };
    const limit = timeLimit(ports.clock, question.deadlineMs - MARGIN_MS);
    const failed = (problem: string): TierAnswer => failedAnswer(of.tier, of.model, problem);
    const access = await inTime(limit, () => accessOf(ports));
    if (!access.ok) return failed('The key of the model service could not be read.');
    const { value: granted } = access;
    if (granted === null) return null;
    const mask = maskFor(question);
    const hidden = maskedQuestion(question, mask);
    const earlier = asked.earlier.map((answer) => maskedAnswer(mask, answer));
    const put = await inTime(limit, () => questionFor(ports, of.model, hidden, { ...asked, earlier }));
    if (!put.ok) return failed('The instructions or the answer of this agent could not be put as a question.');
    const ask = (later: Later): Promise<ClaudeReply> =>
      callClaude({ ...callFor(ports, granted, limit, put.value, later), purse: question.purse });
    return decide({ ...of, agent: question.agent, mask }, (said) => converse(hidden.lookUp, limit, ask, said));
  };
}

/** Null where there is no key, and none is needed elsewhere. */
async function accessOf({ secrets, signer }: ClaudePorts): Promise<ClaudeAccess | null> {
  if (signer !== undefined && signer !== null) return { signer };
  const apiKey = await secrets.anthropicApiKey();
  return apiKey === null ? null : { apiKey };
}

async function questionFor(
  { assets }: ClaudePorts,
  model: string,
  question: Question,
  { rule, earlier }: Asked,
): Promise<ClaudeQuestion> {
  const { agent, workflow, lookUp } = question;
  return {
    model,
    effort: rule.effort ?? 'medium',
    instructions: await instructionsFor(assets, workflow.id, agent),
    question: questionText(question, earlier),
    schema: jsonSchemaOf(askedSchema(agent)),
    tools: lookUp.sources.map(({ id, title, asks }) => ({
      name: id,
      description: `${title}: ${asks.description}`,
      schema: jsonSchemaOf(asks.schema, 'input'),
    })),
  };
}

/** An answer that does not fit is sent back once with what is wrong. */
async function decide(
  {
    tier,
    model,
    agent,
    mask,
  }: { readonly tier: ModelTier; readonly model: string; readonly agent: Agent; readonly mask: Mask },
  ask: (said: ClaudeMessages) => Promise<Conversation>,
): Promise<TierAnswer> {
  const failed = (
    reply: Conversation['reply'],
    problem: string,
    given: Parameters<typeof failedAnswer>[3],
  ): TierAnswer =>
    failedAnswer(tier, reply.model || model, problem, {
      ...(reply.kind === 'failed' ? { cap: reply.cap, isDown: reply.isDown && reply.usage.costUsd === 0 } : {}),
      ...given,
    });
  const { reply: first, messages } = await ask([]);
  if (first.kind === 'failed') return failed(first, first.problem, { usage: first.usage });
  const read = readAnswer(agent.judgement, first.text, mask);
  if (read.ok) return modelAnswer(agent, read.answer, { tier, ...first, attempts: [] });
  const misfit = `The answer did not fit: ${read.problem}`;
  const attempts = [asRead(mask.bringBack(first.text))];
  if (first.text.trim() === '') return failed(first, misfit, { usage: first.usage });

  const { reply: second } = await ask([...messages, ...repairMessages(first.text, read.problem)]);
  const usage = addUsage(first.usage, second.usage);
  if (second.kind === 'failed') return failed(second, `${misfit} ${second.problem}`, { usage, attempts });
  const repaired = readAnswer(agent.judgement, second.text, mask);
  if (repaired.ok) return modelAnswer(agent, repaired.answer, { tier, model: second.model, usage, attempts });
  const problem = `The answer did not fit, twice: ${repaired.problem}`;
  return failed(second, problem, { usage, attempts: [...attempts, asRead(mask.bringBack(second.text))] });
}

function callFor(
  { baseUrl, clock, chance }: ClaudePorts,
  access: ClaudeAccess,
  limit: TimeLimit,
  asked: ClaudeQuestion,
  later: Later,
): Omit<ClaudeCall, 'purse'> {
  const request = claudeRequest(asked, later);
  return { access, baseUrl: baseUrl ?? MAKERS_URL, request, ...limit, clock, chance: chance ?? Math.random };
}
