import type * as z from 'zod';
import type { ActionConnector, SourceConnector } from '../../authoring/index.ts';
import { callOutcome, type FailedCall, retryAfterMs } from '../../domain/call-outcome.ts';
import {
  type Clock,
  EffectError,
  ReadError,
  type Web,
  type WebAnswer,
  WebFailure,
  type WebRequest,
} from '../../ports/index.ts';
import { paced } from './pace.ts';

/** The part of a request that differs from call to call. */
export type Call = Pick<WebRequest, 'method' | 'url'> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
};

export interface CallPorts {
  readonly web: Web;
  readonly clock: Clock;
}

interface Calling {
  /** What an answer that says no in its body names as the reason; null where the body is a success. */
  readonly codeOf?: (answer: WebAnswer) => string | null;
}

/** What is left of the time for the answer to be noted. */
const MARGIN_MS = 100;

/**
 * Sends what changes something, and says of a failure whether it happened.
 * @throws EffectError where it certainly did not; any other error where nobody knows.
 */
export function callToAct(ports: CallPorts, connector: ActionConnector, call: Call, calling: Calling = {}) {
  return patiently(ports, connector, call, calling, (failed) => {
    const outcome = callOutcome(connector.failures, failed.call);
    if (outcome === 'unsure') return new Error(failed.words, { cause: failed.cause });
    return new EffectError(failed.words, { isPassing: outcome === 'passing', cause: failed.cause });
  });
}

/** Sends what only reads. @throws ReadError */
export function callToRead(ports: CallPorts, connector: SourceConnector, call: Call, calling: Calling = {}) {
  return patiently(ports, connector, call, calling, (failed) => {
    const isPassing = callOutcome(connector.failures, failed.call) !== 'refused';
    return new ReadError(failed.words, { isPassing, retryAfterMs: failed.retryAfterMs, cause: failed.cause });
  });
}

interface Failed {
  readonly call: FailedCall;
  readonly words: string;
  readonly retryAfterMs: number | null;
  readonly cause: unknown;
}

/** Waits once where the other side asks for a pause that still fits, as it promises to be ready afterwards. */
async function patiently(
  ports: CallPorts,
  connector: ActionConnector | SourceConnector,
  call: Call,
  calling: Calling,
  errorOf: (failed: Failed) => Error,
): Promise<WebAnswer> {
  const { clock } = ports;
  const endsAtMs = clock.nowMs() + connector.timeoutMs - MARGIN_MS;
  const first = await tried(ports, connector, call, calling, endsAtMs);
  if (!('words' in first)) return first;
  const mayPass = callOutcome(connector.failures, first.call) === 'passing';
  if (!mayPass || first.retryAfterMs === null || clock.nowMs() + first.retryAfterMs * 2 > endsAtMs)
    throw errorOf(first);
  await clock.sleep(first.retryAfterMs);
  const second = await tried(ports, connector, call, calling, endsAtMs);
  if ('words' in second) throw errorOf(second);
  return second;
}

async function tried(
  { web, clock }: CallPorts,
  connector: ActionConnector | SourceConnector,
  { method, url, headers = {}, json }: Call,
  { codeOf = () => null }: Calling,
  endsAtMs: number,
): Promise<WebAnswer | Failed> {
  await paced(clock, connector);
  const body = json === undefined ? null : JSON.stringify(json);
  const type = body === null ? {} : { 'content-type': 'application/json; charset=utf-8' };
  try {
    const answer = await web.send({
      ...{ method, url, body, hosts: connector.hosts, timeoutMs: Math.max(1, endsAtMs - clock.nowMs()) },
      headers: { accept: 'application/json', ...type, ...headers },
    });
    const isFine = answer.status >= 200 && answer.status < 300;
    const code = codeOf(answer);
    if (isFine && code === null) return answer;
    return {
      call: { status: answer.status, code },
      words: code === null ? `the other side answered ${answer.status}` : `the other side said ${code}`,
      retryAfterMs: retryAfterMs(answer.headers['retry-after'], clock.nowMs()),
      cause: undefined,
    };
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    return { call: { stage: error.stage }, words: error.message, retryAfterMs: null, cause: error };
  }
}

/** The body of an answer in the form that the other side documents. @throws when it has another. */
export function bodyOf<T>(schema: z.ZodType<T>, answer: WebAnswer): T {
  return schema.parse(JSON.parse(answer.text));
}
