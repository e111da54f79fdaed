import type { z } from 'zod';
import type { Outbox } from '../delivery/outbox.ts';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Operation } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Alarms } from './alarms.ts';
import type { AlarmEvaluator } from './evaluator.ts';
import type { MetricPoints } from './points.ts';

/** What the operations of CloudWatch share. */
export interface CloudwatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly points: MetricPoints;
  readonly alarms: Alarms;
  readonly evaluator: AlarmEvaluator;
  readonly outbox: Outbox;
}

export const INVALID_PARAMETER = 'ValidationError';

export function cloudwatchOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'CloudWatch', invalidCode: INVALID_PARAMETER });
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: Pick<CloudwatchParts, 'store' | 'activity'>, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
