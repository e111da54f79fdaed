import type { Clock } from '../ports/index.ts';

/** One deadline for everything that happens on the way to an answer. */
export interface TimeLimit {
  /** Milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
}

export function timeLimit(clock: Clock, deadlineMs: number): TimeLimit {
  const leftMs = Math.floor(deadlineMs - clock.nowMs());
  return { deadlineMs, signal: AbortSignal.timeout(Math.min(Math.max(leftMs, 0), LONGEST_MS)) };
}

/** What a timer can count: 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

export type InTime<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

/** What the work gives, unless it fails or is not done in time. Never throws. */
export async function inTime<T>({ signal }: TimeLimit, work: () => Promise<T>): Promise<InTime<T>> {
  if (signal.aborted) return { ok: false };
  const tooLate = Promise.withResolvers<InTime<T>>();
  const onAbort = (): void => tooLate.resolve({ ok: false });
  signal.addEventListener('abort', onAbort, { once: true });
  const done = (async (): Promise<InTime<T>> => ({ ok: true, value: await work() }))().catch(
    (): InTime<T> => ({ ok: false }),
  );
  try {
    return await Promise.race([done, tooLate.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
