import * as z from 'zod';
import { Json, type Usage } from '../contracts/index.ts';
import type { ClaudeRequest } from './claude-request.ts';
import { priced } from './pricing.ts';

/** What a message must have to be believed; anything else with status 200 is not one. */
const Message = z.looseObject({
  type: z.literal('message'),
  model: z.string().regex(/^[\w.:@/-]{1,200}$/),
  stop_reason: z.string().nullable(),
  content: z.array(z.looseObject({ type: z.string() })),
});
export type Message = z.infer<typeof Message>;

const Text = z.object({ type: z.literal('text'), text: z.string() });
const Count = z.int().min(0);
const MessageUsage = z.object({
  input_tokens: Count,
  output_tokens: Count,
  cache_read_input_tokens: Count.nullish(),
  cache_creation_input_tokens: Count.nullish(),
});

/** Null when the body is no message: cut off, a page of somebody else, a list. */
export function readMessage(body: string): Message | null {
  try {
    return Message.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** What the model said, without its thoughts and calls. */
export function textOf(message: Message): string {
  return message.content.map((block) => Text.safeParse(block).data?.text ?? '').join('');
}

/** Something that the model wants to read. */
const ToolCall = z.object({
  type: z.literal('tool_use'),
  id: z.string().regex(/^[\w-]{1,200}$/),
  name: z.string(),
  input: Json,
});
export type ToolCall = z.infer<typeof ToolCall>;

/** All calls of a message; one that cannot be read has no name that anybody offers. */
export function callsIn(message: Message): ToolCall[] {
  return message.content
    .filter(({ type }) => type === 'tool_use')
    .map((block) => ToolCall.safeParse(block).data ?? { type: 'tool_use', id: 'unreadable', name: '', input: null });
}

export type Content = Exclude<ClaudeRequest['messages'][number]['content'], string>;

/** As it came: thoughts are signed, and calls must stand before their results. */
export function contentOf(message: Message): Content {
  return message.content as unknown as Content;
}

/** The true cost; where the service does not say it, the most that the request can have cost. */
export function usageOf(message: Message, request: ClaudeRequest): Usage {
  const usage = MessageUsage.safeParse(message['usage']).data;
  if (usage === undefined) return worstCase(request);
  return priced(message.model, {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  });
}

/** What a request can cost at most: nothing of it is in the cache yet, and all of it is written there. */
export function mostCostUsd(request: ClaudeRequest): number {
  const { inputTokens, outputTokens } = worstCase(request);
  const tokens = { inputTokens: 0, outputTokens, cacheReadTokens: 0, cacheWriteTokens: inputTokens };
  return priced(request.model, tokens).costUsd;
}

/** For a request that may have been answered although no answer came back. No token is shorter than a byte. */
export function worstCase(request: ClaudeRequest): Usage {
  const inputTokens = Buffer.byteLength(JSON.stringify(request));
  const outputTokens = request.max_tokens;
  return priced(request.model, { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0 });
}
