import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import type { Usage } from '../contracts/index.ts';
import { addUsage, NO_USAGE } from '../domain/usage.ts';
import type { Clock, Purse, RequestSigner, Reserved } from '../ports/index.ts';
import {
  type Content,
  callsIn,
  contentOf,
  type Message,
  mostCostUsd,
  readMessage,
  type ToolCall,
  textOf,
  usageOf,
  worstCase,
} from './claude-message.ts';
import type { ClaudeRequest } from './claude-request.ts';
import { BROKEN_ANSWER, NO_MESSAGE, OUT_OF_TIME, type Trouble, troubleOf } from './claude-trouble.ts';
import { type InTime, inTime } from './time-limit.ts';

export interface ClaudeCall {
  readonly access: ClaudeAccess;
  readonly baseUrl: string;
  readonly request: ClaudeRequest;
  /** Milliseconds since the epoch; no try and no pause goes beyond it. */
  readonly deadlineMs: number;
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Evenly spread from 0 up to 1. */
  readonly chance: () => number;
  /** Asked before each try. */
  readonly purse: Purse;
}

/** A key of the model's maker, or the role of the function for the same model in Bedrock. */
export type ClaudeAccess = { readonly apiKey: string } | { readonly signer: RequestSigner };

/** With the cost of all tries, the failed ones too. */
export type ClaudeReply =
  | { readonly kind: 'answered'; readonly text: string; readonly model: string; readonly usage: Usage }
  /** It wants to read before it answers; only tools that it was offered. */
  | {
      readonly kind: 'calls';
      readonly calls: readonly ToolCall[];
      /** The message as it came, for sending it back. */
      readonly content: Content;
      readonly model: string;
      readonly usage: Usage;
    }
  | {
      readonly kind: 'failed';
      readonly problem: string;
      readonly model: string;
      readonly usage: Usage;
      /** The cap that left no money for it. */
      readonly cap: string | null;
      /** The service did nothing because it is down or at its limit. */
      readonly isDown: boolean;
    };

const MOST_TRIES = 4;
const MOST_PATIENT_TRIES = 12;
const FIRST_PAUSE_MS = 500;
/** Ten tries fit into the 30 s that an agent has by default. */
const LONGEST_PAUSE_MS = 4_000;
/** A try with less time than that would only cost money. */
const SHORTEST_TRY_MS = 1_000;

/**
 * One answer of Claude under one deadline. The SDK's own retries are off, because they ignore the deadline and repeat a
 * refused spend limit; every odd answer (cut off, refused, not a message) is a failure with its cost. Never throws.
 */
export async function callClaude(call: ClaudeCall): Promise<ClaudeReply> {
  let usage = NO_USAGE;
  let request = call.request;
  for (let attempt = 1; ; attempt += 1) {
    const money = await setAside(call, request);
    if (!money.ok || money.value.kind === 'refused') return unpaid(call, money, usage);
    const result = await attemptOnce({ ...call, request });
    await settle(call, money.value, result.usage);
    usage = addUsage(usage, result.usage);
    if (result.kind === 'message') {
      const { message } = result;
      if (message.stop_reason !== 'pause_turn' || attempt === MOST_TRIES) return replyOf(message, usage, request);
      request = continued(request, message);
      continue;
    }
    const pauseMs = pauseAfter(result.trouble, attempt, call.chance);
    if (pauseMs === null || call.clock.nowMs() + pauseMs + SHORTEST_TRY_MS >= call.deadlineMs) {
      const { problem, again, mayHaveCost } = result.trouble;
      const isDown = !mayHaveCost && (again === 'often' || again === 'patiently');
      return { kind: 'failed', problem, model: request.model, usage, cap: null, isDown };
    }
    await call.clock.sleep(pauseMs);
  }
}

/** The most that the request can cost, before it goes out. */
function setAside(call: ClaudeCall, request: ClaudeRequest): Promise<InTime<Reserved>> {
  return inTime(call, () => call.purse.reserve(mostCostUsd(request)));
}

/** What could not be corrected, or not in time, stays set aside: too much is counted then, never too little. */
async function settle(call: ClaudeCall, money: Reserved, { costUsd }: Usage): Promise<void> {
  if (money.kind === 'reserved') await inTime(call, () => money.settle(costUsd));
}

function unpaid({ request, signal }: ClaudeCall, money: InTime<Reserved>, usage: Usage): ClaudeReply {
  const { model } = request;
  if (money.ok && money.value.kind === 'refused') {
    return { kind: 'failed', problem: money.value.words, model, usage, cap: money.value.cap, isDown: false };
  }
  const problem = signal.aborted ? OUT_OF_TIME.problem : 'The money for this question could not be set aside.';
  return { kind: 'failed', problem, model, usage, cap: null, isDown: false };
}

type Attempt =
  | { readonly kind: 'message'; readonly message: Message; readonly usage: Usage }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly usage: Usage };

async function attemptOnce(call: ClaudeCall): Promise<Attempt> {
  const { request, signal, clock } = call;
  const inTrouble = (trouble: Trouble): Attempt => ({
    kind: 'trouble',
    trouble: signal.aborted ? OUT_OF_TIME : trouble,
    usage: trouble.mayHaveCost || signal.aborted ? worstCase(request) : NO_USAGE,
  });
  if (clock.nowMs() >= call.deadlineMs) return { kind: 'trouble', trouble: OUT_OF_TIME, usage: NO_USAGE };
  let response: Response;
  try {
    response = await send(call);
  } catch (error) {
    return inTrouble(troubleOf(error, request.model, clock.nowMs()));
  }
  try {
    const message = readMessage(await response.text());
    return message === null ? inTrouble(NO_MESSAGE) : { kind: 'message', message, usage: usageOf(message, request) };
  } catch {
    return inTrouble(BROKEN_ANSWER);
  }
}

/**
 * By the client's plain door: that of the messages would load streams, batches and their parsers, and hands on whatever
 * came with status 200 as a message. Nothing is logged or traced, since that would hold what people wrote.
 */
function send({ access, baseUrl, request, signal }: ClaudeCall): Promise<Response> {
  const plain = { baseURL: baseUrl, maxRetries: 0, logLevel: 'off', openTelemetry: false } as const;
  if ('apiKey' in access) {
    const client = new BaseAnthropic({ ...plain, apiKey: access.apiKey });
    return client.post('/v1/messages', { body: request, signal }).asResponse();
  }
  // The client wants a key; what is sent has the signature in its place.
  const client = new BaseAnthropic({ ...plain, apiKey: 'none', fetch: signedFetch(access.signer) });
  const { model, ...rest } = request;
  const body = { anthropic_version: BEDROCK_VERSION, ...rest };
  return client.post(`/model/${encodeURIComponent(model)}/invoke`, { body, signal }).asResponse();
}

/** How Bedrock names the form of a message. */
const BEDROCK_VERSION = 'bedrock-2023-05-31';

/** Only what is signed goes out: Bedrock has no use for the other headers of the client. */
function signedFetch(signer: RequestSigner): typeof fetch {
  return async (url, init = {}) => {
    const address = url instanceof Request ? url.url : String(url);
    const body = String(init.body);
    const { host: _host, ...headers } = await signer.sign(address, body);
    return fetch(address, { method: 'POST', headers, body, signal: init.signal ?? null });
  };
}

/** The half answer goes back as it came. */
function continued(request: ClaudeRequest, message: Message): ClaudeRequest {
  return { ...request, messages: [...request.messages, { role: 'assistant', content: contentOf(message) }] };
}

function replyOf(message: Message, usage: Usage, request: ClaudeRequest): ClaudeReply {
  const { model, stop_reason: reason } = message;
  const calls = reason === 'tool_use' ? allowedCalls(message, request) : null;
  if (calls !== null) return { kind: 'calls', calls, content: contentOf(message), model, usage };
  if (reason === 'end_turn' || reason === 'stop_sequence') {
    return { kind: 'answered', text: textOf(message), model, usage };
  }
  const problem = STOPS[reason ?? ''] ?? 'The model stopped without an answer.';
  return { kind: 'failed', problem, model, usage, cap: null, isDown: false };
}

const STOPS: Readonly<Record<string, string>> = {
  refusal: 'The model refused to answer (refusal).',
  max_tokens: 'The answer was cut off at its greatest length (max_tokens).',
  model_context_window_exceeded: 'The case is longer than the model can read (model_context_window_exceeded).',
  tool_use: 'The model called a tool that it may not use, or not any more; nothing was run (tool_use).',
  pause_turn: 'The model paused again and again without an answer (pause_turn).',
};

/** Null where a message has one that may not be made: nothing of it is run then. */
function allowedCalls(message: Message, { tools = [], tool_choice: choice }: ClaudeRequest): ToolCall[] | null {
  const calls = callsIn(message);
  const offered = new Set(choice?.type === 'none' ? [] : tools.map((tool) => ('name' in tool ? tool.name : '')));
  const isAllowed = calls.every(({ name }) => offered.has(name));
  const isPlain = new Set(calls.map(({ id }) => id)).size === calls.length;
  return isAllowed && isPlain && calls.length > 0 ? calls : null;
}

const TRIES = { once: 2, often: MOST_TRIES, patiently: MOST_PATIENT_TRIES } as const;

/** Milliseconds to wait before another try, spread so that many cases do not come back together; null for none. */
function pauseAfter({ again, waitMs }: Trouble, attempt: number, chance: () => number): number | null {
  const isLast = again === 'never' || attempt >= TRIES[again];
  if (isLast) return null;
  const backoffMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return waitMs + backoffMs * (0.5 + chance() / 2);
}
