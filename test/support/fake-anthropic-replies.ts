/** What the fake says, and how it behaves on the wire while it says it. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Announces the whole body and cuts the connection after some bytes of it. */
  | { readonly kind: 'cut'; readonly body: string; readonly afterBytes: number }
  /** One byte of the body at a time. */
  | { readonly kind: 'drip'; readonly body: string; readonly everyMs: number }
  /** Takes the request and never says a word. */
  | { readonly kind: 'hang' }
  /** Takes the request and cuts the connection. */
  | { readonly kind: 'reset' };

export interface FakeUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens?: number;
  readonly cache_creation_input_tokens?: number;
}

export const USAGE: FakeUsage = { input_tokens: 900, output_tokens: 50 };

interface MessageOptions {
  readonly stopReason?: string;
  /** Left out of the message when null. */
  readonly usage?: FakeUsage | null;
  readonly model?: string;
}

/** A message with all fields that the service sends. */
export function message(content: readonly object[], options: MessageOptions = {}): Reply {
  return jsonReply(200, messageBody(content, options));
}

/** What a model that thinks and then answers with structured output sends. */
export function structured(answer: unknown, options: MessageOptions = {}): Reply {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return message([{ type: 'thinking', thinking: '', signature: 'EqQB' }, textBlock(text)], options);
}

export function textBlock(text: string): object {
  return { type: 'text', text, citations: null };
}

export function messageBody(content: readonly object[], options: MessageOptions = {}): object {
  const { stopReason = 'end_turn', usage = USAGE, model = 'claude-sonnet-5-5' } = options;
  return {
    id: 'msg_01FakeFakeFakeFakeFakeFake',
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    ...(usage === null ? {} : { usage: fullUsage(usage) }),
  };
}

function fullUsage(usage: FakeUsage): object {
  return {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: usage.cache_creation_input_tokens ?? 0, ephemeral_1h_input_tokens: 0 },
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: null,
    service_tier: 'standard',
    speed: 'standard',
    inference_geo: 'global',
    ...usage,
  };
}

interface ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly details?: object;
}

/** An error in the service's own form. */
export function errorReply(status: number, type: string, text: string, options: ErrorOptions = {}): Reply {
  const details = options.details === undefined ? {} : { details: options.details };
  const error = { type, message: text, ...details };
  return jsonReply(status, { type: 'error', error, request_id: REQUEST_ID }, options.headers);
}

export const overloaded = (): Reply => errorReply(529, 'overloaded_error', 'Overloaded');

export const spendLimit = (): Reply =>
  errorReply(429, 'rate_limit_error', 'spend limit', { details: { error_code: 'enforced_spend_limit_reached' } });

export const rateLimit = (retryAfter: string): Reply =>
  errorReply(429, 'rate_limit_error', 'rate limited', { headers: { 'retry-after': retryAfter } });

export function rawReply(status: number, body: string, contentType = 'application/json'): Reply {
  return { kind: 'answer', status, headers: { 'content-type': contentType, 'request-id': REQUEST_ID }, body };
}

export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const { kind, ...rest } = { kind: 'answer' as const, status, body: JSON.stringify(body) };
  return { kind, ...rest, headers: { 'content-type': 'application/json', 'request-id': REQUEST_ID, ...headers } };
}

const REQUEST_ID = 'req_011FakeFakeFakeFakeFake';
