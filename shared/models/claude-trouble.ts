import { APIConnectionError, APIError } from '@anthropic-ai/sdk/error';

/** Why a try gave no message, and what follows. */
export interface Trouble {
  /** For a person to read: fixed words, a status, the model's name; nothing that the service or a stranger wrote. */
  readonly problem: string;
  /**
   * - `once`: the service is up but speaks nonsense, so one more try and no more.
   * - `patiently`: it is busy and did nothing, which costs nothing and will pass.
   */
  readonly again: 'never' | 'once' | 'often' | 'patiently';
  /** The service's own wish, milliseconds; 0 when it has none. */
  readonly waitMs: number;
  /** The model may have worked on it, so it may have cost something. */
  readonly mayHaveCost: boolean;
}

/** @param nowMs for services that name a time to wait for. */
export function troubleOf(error: unknown, model: string, nowMs: number): Trouble {
  if (error instanceof APIError && error.status !== undefined) return refused(error, error.status, model, nowMs);
  if (error instanceof APIConnectionError) {
    const mayHaveCost = BROKEN_OFF.has(codeOf(error.cause));
    return { problem: 'The model service could not be reached.', again: 'often', waitMs: 0, mayHaveCost };
  }
  // The message of such an error may quote the headers, and so the key.
  return {
    problem: 'The question could not be sent to the model service.',
    again: 'never',
    waitMs: 0,
    mayHaveCost: false,
  };
}

/** The answer began and did not end. */
export const BROKEN_ANSWER: Trouble = {
  problem: 'The answer of the model service broke off.',
  again: 'often',
  waitMs: 0,
  mayHaveCost: true,
};

export const NO_MESSAGE: Trouble = {
  problem: 'The model service answered with something that is no message.',
  again: 'once',
  waitMs: 0,
  mayHaveCost: true,
};

export const OUT_OF_TIME: Trouble = {
  problem: 'The model service gave no answer in time.',
  again: 'never',
  waitMs: 0,
  mayHaveCost: true,
};

/** Codes of connections that broke after the request was on its way. */
const BROKEN_OFF = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT']);

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  return 'code' in cause ? String(cause.code) : codeOf(cause.cause);
}

function refused(error: APIError, status: number, model: string, nowMs: number): Trouble {
  const says = (problem: string): string => `${problem} (status ${status}).`;
  const never = (problem: string): Trouble => ({
    problem: says(problem),
    again: 'never',
    waitMs: 0,
    mayHaveCost: false,
  });
  if (isSpendLimit(error, status)) return never('The spend limit of the model service is reached');
  switch (status) {
    case 401:
    case 403:
      return never('The model service refused the key');
    case 404:
      return never(`The model service does not know the model ${model}`);
    case 413:
      return never('The question is too large for the model service');
  }
  if (!isPassing(error, status)) return never('The model service refused the question');
  const problem = says(PASSING[status] ?? 'The model service failed');
  const again = BUSY.has(status) ? 'patiently' : 'often';
  return { problem, again, waitMs: waitOf(error, nowMs), mayHaveCost: false };
}

const PASSING: Readonly<Record<number, string>> = {
  429: 'The model service is at its rate limit',
  503: 'The model service is down',
  529: 'The model service is overloaded',
};

/** Many cases that come at once are told to wait; none of them is at fault. */
const BUSY: ReadonlySet<number> = new Set([429, 529]);

/** Another try would be refused too, until a person raises the limit. */
function isSpendLimit(error: APIError, status: number): boolean {
  if (status === 402 || error.errorCode?.includes('spend_limit') === true) return true;
  return /spend limit|usage limit|credit balance/i.test(error.apiMessage ?? '');
}

function isPassing(error: APIError, status: number): boolean {
  const advice = error.headers?.get('x-should-retry');
  if (advice === 'true' || advice === 'false') return advice === 'true';
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

function waitOf(error: APIError, nowMs: number): number {
  const exactMs = Number(error.headers?.get('retry-after-ms') ?? Number.NaN);
  if (exactMs >= 0) return exactMs;
  const asked = error.headers?.get('retry-after') ?? '';
  const seconds = asked === '' ? 0 : Number(asked);
  if (seconds >= 0) return seconds * 1_000;
  return Math.max(0, (Date.parse(asked) || 0) - nowMs);
}
