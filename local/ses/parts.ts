import type { z } from 'zod';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Operation } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Identities } from './identities.ts';
import type { Mails } from './mails.ts';
import type { SuppressionList } from './suppression.ts';

/** What the operations of SES share. */
export interface SesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly identities: Identities;
  readonly suppression: SuppressionList;
  readonly mails: Mails;
  /** Names only: what a set would publish is kept as mail events anyway. */
  readonly configurationSets: ReadonlySet<string>;
}

export function sesOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'SES', invalidCode: 'BadRequestException' });
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: SesParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}
