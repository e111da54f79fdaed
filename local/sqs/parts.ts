import type { z } from 'zod';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import type { Operation, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Arrivals } from './arrivals.ts';
import type { Messages } from './messages.ts';
import { type Queues, queueNameOfUrl } from './queues.ts';

/** What the operations of SQS share. */
export interface SqsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly queues: Queues;
  readonly messages: Messages;
  readonly arrivals: Arrivals;
  /** `http://127.0.0.1:4700` */
  readonly endpoint: () => string;
}

export const INVALID_PARAMETER = 'InvalidParameterValueException';

export function sqsOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({
    ...definition,
    service: 'SQS',
    invalidCode: INVALID_PARAMETER,
    missingCode: 'MissingRequiredParameterException',
  });
}

/** Permission for one action on the queue of a URL. */
export function onQueue(parts: SqsParts, queueUrl: string, action: string): Permission[] {
  return [{ action: `sqs:${action}`, resource: parts.queues.arnOfName(queueNameOfUrl(queueUrl)) }];
}

export function invalid(message: string): AwsError {
  return new AwsError(INVALID_PARAMETER, message);
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: SqsParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
