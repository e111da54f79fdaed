import type { Catcher, Retrier } from './definition.ts';
import type { StateFailure } from './failure.ts';
import { STATES_ERROR } from './failure.ts';

/** The number of the first retrier that names the error; null where none does. Its attempts may be used up. */
export function retrierFor(retriers: readonly Retrier[], failure: StateFailure): number | null {
  const index = retriers.findIndex((retrier) => matches(retrier.errorEquals, failure));
  return index < 0 ? null : index;
}

export function catcherFor(catchers: readonly Catcher[], failure: StateFailure): Catcher | null {
  return catchers.find((catcher) => matches(catcher.errorEquals, failure)) ?? null;
}

/**
 * Pause before the next attempt, in milliseconds; `used` is how often the retrier has been used before.
 * `random` spreads the pause where JitterStrategy is FULL.
 */
export function retryDelayMs(retrier: Retrier, used: number, random: () => number): number {
  const seconds = retrier.intervalSeconds * retrier.backoffRate ** used;
  const capped = Math.min(seconds, retrier.maxDelaySeconds ?? LONGEST_DELAY_SECONDS, LONGEST_DELAY_SECONDS);
  return Math.round(capped * 1000 * (retrier.hasFullJitter ? random() : 1));
}

/** A year: no execution lives longer. */
const LONGEST_DELAY_SECONDS = 31_536_000;

function matches(names: readonly string[], failure: StateFailure): boolean {
  if (failure.error === STATES_ERROR.runtime) return false;
  return names.some(
    (name) => name === failure.error || failure.alsoKnownAs.includes(name) || matchesGroup(name, failure),
  );
}

function matchesGroup(name: string, failure: StateFailure): boolean {
  switch (name) {
    case STATES_ERROR.all:
      return failure.error !== STATES_ERROR.dataLimitExceeded;
    case STATES_ERROR.taskFailed:
      return failure.error !== STATES_ERROR.timeout && failure.error !== STATES_ERROR.dataLimitExceeded;
    default:
      return false;
  }
}
