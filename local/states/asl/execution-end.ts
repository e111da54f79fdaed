import type { JsonObject } from '../../kernel/service.ts';

/** How an execution ended. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly outputText: string }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | null;
      readonly cause: string | null;
    };

/** The last event of its history. */
export function endEvent(end: ExecutionEnd): { readonly type: string; readonly details: JsonObject } {
  switch (end.status) {
    case 'SUCCEEDED':
      return { type: 'ExecutionSucceeded', details: { output: end.outputText, outputDetails: { truncated: false } } };
    case 'FAILED':
      return { type: 'ExecutionFailed', details: errorDetails(end) };
    case 'TIMED_OUT':
      return { type: 'ExecutionTimedOut', details: errorDetails(end) };
    case 'ABORTED':
      return { type: 'ExecutionAborted', details: errorDetails(end) };
  }
}

function errorDetails(end: { readonly error: string | null; readonly cause: string | null }): JsonObject {
  return { ...(end.error === null ? {} : { error: end.error }), ...(end.cause === null ? {} : { cause: end.cause }) };
}
