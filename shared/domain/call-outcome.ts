import type { FailureRule } from '../authoring/index.ts';

/** What is known of a call that did not succeed. */
export type FailedCall =
  /** See WebFailure. */
  { readonly stage: 'refused' | 'not-sent' | 'no-answer' } | { readonly status: number; readonly code: string | null };

/**
 * - `refused`: it certainly did not happen, and another try will not help.
 * - `passing`: it certainly did not happen, and another try may succeed.
 * - `unsure`: nobody can know, so a person looks, or the key makes a repeat harmless.
 */
export type CallOutcome = 'refused' | 'passing' | 'unsure';

export function callOutcome(rule: FailureRule, failed: FailedCall): CallOutcome {
  if ('stage' in failed) return BY_STAGE[failed.stage];
  // The other side's own code says more than the status that it comes with.
  if (failed.code !== null && (rule.passing.includes(failed.code) || rule.refused.includes(failed.code))) {
    return rule.passing.includes(failed.code) ? 'passing' : 'refused';
  }
  if (rule.passing.includes(failed.status)) return 'passing';
  return rule.refused.includes(failed.status) ? 'refused' : 'unsure';
}

const BY_STAGE = { refused: 'refused', 'not-sent': 'passing', 'no-answer': 'unsure' } as const;

/** `Retry-After` in milliseconds, from seconds or a date; null where there is none that can be read. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds < 0 ? null : Math.ceil(seconds * 1_000);
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
