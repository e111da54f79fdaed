import type { z } from 'zod';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Operation, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { type Buckets, s3Arn } from './buckets.ts';
import type { Notices } from './notices.ts';
import type { Objects } from './objects.ts';

/** What the operations of S3 share. */
export interface S3Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly notices: Notices;
}

export function s3Operation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'S3', invalidCode: 'InvalidArgument' });
}

export function onObject(
  action: string,
  { Bucket, Key }: { readonly Bucket: string; readonly Key: string },
): Permission[] {
  return [{ action: `s3:${action}`, resource: s3Arn(Bucket, Key) }];
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: S3Parts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
