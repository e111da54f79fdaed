import type { Answer } from './exchange.ts';

export interface ErrorAnswer {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  /** The answer as it came: some errors say more than their name. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** What a service answers instead of a result. Where the answer was lost there is none of it, but an error of Node. */
export class ServiceError extends Error {
  readonly status: number;
  /** Who has to mend it: the one who called, or the service. */
  readonly fault: 'client' | 'server';

  constructor({ name, message, status }: ErrorAnswer) {
    super(message);
    this.name = name;
    this.status = status;
    this.fault = status < 500 ? 'client' : 'server';
  }
}

/** As all services of AWS that speak JSON tell an error: its name in a header or in the body, with more around it. */
export function errorAnswerOf({ status, headers, text }: Answer): ErrorAnswer {
  const members = membersOf(text);
  const type = headers['x-amzn-errortype'] ?? members['__type'] ?? members['code'];
  const name = String(type ?? 'UnknownError')
    .replace(/^.*#/, '')
    .replace(/[:,].*$/, '');
  const message = members['message'] ?? members['Message'];
  return { name, message: typeof message === 'string' ? message : `HTTP ${status}`, status, members };
}

function membersOf(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** What another try may well not meet: the service or the way to it had trouble, or it was asked too much at once. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ServiceError) {
    return PASSING_STATUS.has(error.status) || PASSING.has(error.name) || isThrottling(error);
  }
  return error instanceof Error && 'code' in error && LOST.has(String(error.code));
}

export function isThrottling(error: unknown): boolean {
  return error instanceof ServiceError && (error.status === 429 || THROTTLING.has(error.name));
}

const PASSING_STATUS = new Set([500, 502, 503, 504]);
const PASSING = new Set(['RequestTimeout', 'RequestTimeoutException', 'ReplicatedWriteConflictException']);
const THROTTLING = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
/** Of connections that broke or were never there. */
const LOST = new Set([
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
]);
