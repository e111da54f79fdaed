import type { z } from 'zod';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import type { Json, Operation } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { EventBuses } from './bus.ts';
import { EventPattern, PatternError } from './pattern/index.ts';
import type { Rules } from './rules.ts';
import type { ScheduledRules } from './scheduled-rules.ts';

/** What the operations of EventBridge share. */
export interface EventsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly rules: Rules;
  readonly buses: EventBuses;
  readonly scheduled: ScheduledRules;
}

export function eventsOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'EventBridge', invalidCode: 'ValidationException' });
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: EventsParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}

/** @throws InvalidEventPatternException */
export function checkPattern(pattern: Json): EventPattern {
  try {
    return new EventPattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
}

/** @throws InvalidEventPatternException */
export function parsePattern(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AwsError('InvalidEventPatternException', 'Event pattern is not valid. Reason: Filter is not valid JSON');
  }
}
