import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type OperationDefinition, operation } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Operation, Permission } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import type { Secrets } from './secrets.ts';
import { CURRENT, type SecretValue, type SecretVersion, type SecretVersions } from './versions.ts';

/** What the operations of Secrets Manager share. */
export interface SecretsParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly secrets: Secrets;
  readonly versions: SecretVersions;
}

export function secretsOperation<S extends z.ZodType>(
  definition: Omit<OperationDefinition<S>, 'service' | 'invalidCode'>,
): Operation {
  return operation({ ...definition, service: 'Secrets Manager', invalidCode: 'InvalidParameterException' });
}

export function onSecret(parts: SecretsParts, secretId: string, action: string): Permission[] {
  return [{ action: `secretsmanager:${action}`, resource: parts.secrets.arnFor(secretId) }];
}

/** Puts a change on disk as work in flight. */
export function write<T>(parts: SecretsParts, work: () => T): Promise<T> {
  return parts.activity.track(parts.store.write(work));
}

/** The members of an input that carry a value; binary comes as base64. */
export const valueFields = {
  SecretString: z.string().max(65_536).optional(),
  SecretBinary: z.string().optional(),
  ClientRequestToken: z.string().optional(),
};

export type ValueInput = z.output<z.ZodObject<typeof valueFields>>;

/** @throws InvalidParameterException for text and binary at once; null for neither */
export function readValue(input: ValueInput): SecretValue | null {
  if (input.SecretString !== undefined && input.SecretBinary !== undefined) {
    throw new AwsError('InvalidParameterException', "You can't specify both SecretString and SecretBinary.");
  }
  if (input.SecretString !== undefined) return { text: input.SecretString };
  return input.SecretBinary === undefined ? null : { base64: input.SecretBinary };
}

export function newVersion(parts: SecretsParts, value: SecretValue, options: VersionOptions = {}): SecretVersion {
  return {
    id: options.id ?? randomUUID(),
    value,
    stages: options.stages ?? [CURRENT],
    createdAtMs: parts.clock.now(),
  };
}

interface VersionOptions {
  readonly id?: string | undefined;
  readonly stages?: readonly string[] | undefined;
}
