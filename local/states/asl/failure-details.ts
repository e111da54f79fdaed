import type { JsonObject } from '../../kernel/service.ts';
import { runtimeFailure, STATES_ERROR, StateFailure } from './failure.ts';
import type { Strand } from './strand.ts';

/** A fault as AWS tells it: with the state, and the event that entered it, in the cause. Other failures stay as they are. */
export function locatedFailure(failure: StateFailure, strand: Strand): StateFailure {
  if (!failure.isFault) return failure;
  const where = `An error occurred while executing the state '${strand.state}' (entered at the event id #${strand.enteredEventId}).`;
  const { alsoKnownAs, isFatal } = failure;
  return new StateFailure(failure.error, `${where} ${failure.causeText ?? ''}`, { alsoKnownAs, isFatal });
}

/** An exception that nobody meant to throw, as a failure of the state in which it happened. */
export function asFailure(error: unknown): StateFailure {
  if (error instanceof StateFailure) return error;
  return runtimeFailure(error instanceof Error ? error.message : String(error));
}

/** What a catcher gets. A time-out has an empty cause there. */
export function errorOutput({ error, causeText }: StateFailure): JsonObject {
  return { Error: error, Cause: causeText ?? (error === STATES_ERROR.timeout ? '' : null) };
}
