import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { GenerateSecretString, generateSecretString } from './generate.ts';
import { lifecycleOperations, newSecret } from './operations/lifecycle.ts';
import { readOperations } from './operations/read.ts';
import { writeOperations } from './operations/write.ts';
import { newVersion, type SecretsParts } from './parts.ts';
import { Secrets } from './secrets.ts';
import { SecretVersions } from './versions.ts';

export { secretArn } from './secrets.ts';

/** Secrets Manager: values with versions and stages, on disk in the clear, as this machine's own. */
export function createSecrets(options: SecretsOptions): SecretsService {
  const parts: SecretsParts = {
    ...options,
    secrets: new Secrets(options.store, options.place, () => options.clock.now()),
    versions: new SecretVersions(options.store),
  };
  return {
    name: 'secretsmanager',
    operations: { ...readOperations(parts), ...writeOperations(parts), ...lifecycleOperations(parts) },
    ensureSecret: (secret) => ensureSecret(parts, secret),
    start: () => undefined,
    stop: () => undefined,
  };
}

export interface SecretsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
}

export interface SecretsService extends Service {
  /**
   * Makes the secret of a template. Its value is generated or taken over once and then kept, until the template says
   * something else of it. Answers the ARN, which is the same for the same name unless `arn` is given.
   */
  ensureSecret(secret: TemplateSecret): string;
  start(): void;
  stop(): void;
}

export interface TemplateSecret {
  readonly name: string;
  /** Full ARN with its six characters; default `secretArn(place, name)`. */
  readonly arn?: string;
  /** Those of AWS::SecretsManager::Secret, resolved. */
  readonly properties?: JsonObject;
}

const SecretProperties = z
  .strictObject({
    Name: z.string(),
    Description: z.string(),
    GenerateSecretString,
    SecretString: z.string(),
    KmsKeyId: z.unknown(),
    Tags: z.unknown(),
    Type: z.unknown(),
  })
  .partial();

function ensureSecret(parts: SecretsParts, { name, arn, properties = {} }: TemplateSecret): string {
  const values = parseInput(
    {
      service: 'Secrets Manager',
      name: 'AWS::SecretsManager::Secret',
      invalidCode: 'InvalidParameterException',
      input: SecretProperties,
    },
    properties,
  );
  const existing = parts.secrets.find(name);
  const secret = existing ?? newSecret(parts, name, arn ?? parts.secrets.arnOfName(name), values.Description ?? '');
  const templateDigest = digest(values.SecretString ?? values.GenerateSecretString ?? {});
  if (existing?.templateDigest === templateDigest) return secret.arn;
  const text = values.SecretString ?? generateSecretString(values.GenerateSecretString ?? NOTHING_ASKED);
  parts.store.writeNow(() => {
    if (existing === null) parts.versions.removeAll(secret.arn);
    parts.secrets.save({ ...secret, deletesAtMs: null, templateDigest });
    parts.versions.put(secret.arn, newVersion(parts, { text }));
  });
  return secret.arn;
}

/** A template that says nothing of the value gets a generated one, as CDK's default is. */
const NOTHING_ASKED = GenerateSecretString.parse({});

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
