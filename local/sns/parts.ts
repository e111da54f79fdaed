import type { z } from 'zod';
import type { Outbox } from '../delivery/outbox.ts';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Operation } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Topics } from './topics.ts';

/** What the operations of SNS share. */
export interface SnsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly topics: Topics;
  readonly subscriptions: Subscriptions;
  readonly outbox: Outbox;
  readonly sendMail: SendMail;
}

/** Sends one mail; resolves once it is kept. */
export type SendMail = (mail: NoticeMail) => Promise<void>;

export interface NoticeMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly traceId: string | null;
}

export const INVALID_PARAMETER = 'InvalidParameterException';

export function snsOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'SNS', invalidCode: INVALID_PARAMETER });
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: SnsParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
