import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { APIError } from '@anthropic-ai/sdk/error';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import * as z from 'zod';
import type { Usage } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Clock } from '../ports/index.ts';
import { priced } from './pricing.ts';

export interface ClaudeCall {
  readonly apiKey: string;
  readonly baseUrl: string | null;
  readonly model: string;
  readonly instructions: string;
  readonly question: string;
  /** JSON Schema of the one tool that the model must call with its answer. */
  readonly schema: object;
  /** The earlier answer and what is wrong with it. */
  readonly repair?: { readonly given: ClaudeReply & { kind: 'answered' }; readonly problem: string };
  /** Milliseconds since the epoch; no try and no pause goes beyond it. */
  readonly deadlineMs: number;
  readonly clock: Clock;
}

export type ClaudeReply =
  | { readonly kind: 'answered'; readonly answer: unknown; readonly toolUseId: string; readonly usage: Usage }
  | { readonly kind: 'failed'; readonly problem: string; readonly usage: Usage };

const MOST_TOKENS = 2_048;
const MOST_TRIES = 4;
const FIRST_PAUSE_MS = 500;
const TOOL = 'decide';

/**
 * One answer of Claude under one deadline. The SDK's own retries are off, because they ignore the deadline and repeat a
 * refused spend limit; every odd answer (cut off, refused, not a message) is a failure with its cost.
 */
export async function callClaude(call: ClaudeCall): Promise<ClaudeReply> {
  for (let attempt = 1; ; attempt += 1) {
    const leftMs = call.deadlineMs - call.clock.nowMs();
    if (leftMs <= 0) return { kind: 'failed', problem: 'no time left to ask Claude', usage: NO_USAGE };
    try {
      return read(call.model, await send(call, leftMs));
    } catch (error) {
      const pauseMs = pauseAfter(error, attempt);
      const isLast = pauseMs === null || attempt === MOST_TRIES || call.clock.nowMs() + pauseMs >= call.deadlineMs;
      if (isLast) return { kind: 'failed', problem: problemOf(error), usage: NO_USAGE };
      await call.clock.sleep(pauseMs);
    }
  }
}

function send(call: ClaudeCall, leftMs: number): Promise<unknown> {
  const client = new BaseAnthropic({
    apiKey: call.apiKey,
    ...(call.baseUrl === null ? {} : { baseURL: call.baseUrl }),
    maxRetries: 0,
    timeout: leftMs,
  });
  return new Messages(client).create(
    {
      model: call.model,
      max_tokens: MOST_TOKENS,
      system: [{ type: 'text', text: call.instructions, cache_control: { type: 'ephemeral' } }],
      messages: messagesOf(call),
      tools: [{ name: TOOL, description: 'Gives your answer.', input_schema: { type: 'object', ...call.schema } }],
      tool_choice: { type: 'tool', name: TOOL },
    },
    { signal: AbortSignal.timeout(leftMs) },
  );
}

function messagesOf({ question, repair }: ClaudeCall): Parameters<Messages['create']>[0]['messages'] {
  const asked = { role: 'user' as const, content: question };
  if (repair === undefined) return [asked];
  const { toolUseId, answer } = repair.given;
  return [
    asked,
    { role: 'assistant', content: [{ type: 'tool_use', id: toolUseId, name: TOOL, input: answer ?? {} }] },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: toolUseId,
          is_error: true,
          content: `That does not fit the schema:\n${repair.problem}`,
        },
      ],
    },
  ];
}

/** What a message must have to be believed; anything else with status 200 is not one. */
const Message = z.object({
  stop_reason: z.string().nullable(),
  content: z.array(z.looseObject({ type: z.string() })),
  usage: z.looseObject({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
  }),
});
const ToolUse = z.object({ type: z.literal('tool_use'), id: z.string(), name: z.literal(TOOL), input: z.unknown() });

function read(model: string, raw: unknown): ClaudeReply {
  const message = Message.safeParse(raw);
  if (!message.success)
    return {
      kind: 'failed',
      problem: 'The model service answered with something that is no message.',
      usage: NO_USAGE,
    };
  const { content, stop_reason: stopReason } = message.data;
  const usage = usageOf(model, message.data.usage);
  const use = content.map((block) => ToolUse.safeParse(block)).find(({ success }) => success)?.data;
  if (stopReason === 'tool_use' && use !== undefined) {
    return { kind: 'answered', answer: use.input, toolUseId: use.id, usage };
  }
  return { kind: 'failed', problem: `The model gave no usable answer (${stopReason ?? 'no reason given'}).`, usage };
}

function usageOf(model: string, usage: z.infer<typeof Message>['usage']): Usage {
  return priced(model, {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  });
}

/** Milliseconds to wait before another try; null where another try cannot help. */
function pauseAfter(error: unknown, attempt: number): number | null {
  const backoffMs = FIRST_PAUSE_MS * 2 ** (attempt - 1);
  if (!(error instanceof APIError)) return null;
  const { status, headers } = error;
  if (status === undefined) return backoffMs;
  if (error.message.includes('spend_limit')) return null;
  if (status !== 408 && status !== 409 && status !== 429 && status < 500) return null;
  const askedMs = Number(headers?.get('retry-after') ?? 0) * 1_000;
  return Math.max(backoffMs, Number.isFinite(askedMs) ? askedMs : 0);
}

function problemOf(error: unknown): string {
  if (error instanceof APIError && error.status !== undefined)
    return `The model service answered with status ${error.status}.`;
  return `The model service could not be reached: ${error instanceof Error ? error.message : String(error)}`;
}
