import type { ErrorPayload } from './messages.ts';

/** What a thrown value looks like to the caller of the function. */
export function errorPayload(thrown: unknown): ErrorPayload {
  if (thrown instanceof Error) {
    return {
      errorType: thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}
