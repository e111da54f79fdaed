import { AwsError } from '../kernel/errors.ts';

/** Why an attempt failed, as it can be written down. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof AwsError) return { code: error.name, message: error.message, status: error.status };
  return { code: 'InternalFailure', message: error instanceof Error ? error.message : String(error), status: 500 };
}

/** What a caller did wrong (no permission, no such target, no valid input) stays wrong; all else may pass. */
export function isRetryable(failure: Failure): boolean {
  if (/Throttl|TooManyRequests|RequestLimit|LimitExceeded|ServiceUnavailable|Timeout/.test(failure.code)) return true;
  return failure.status >= 500 && failure.code !== 'UnsupportedOperationException';
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;

/** Doubles from one second to five minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
}
