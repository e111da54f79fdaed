import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { newVersion, onSecret, readValue, type SecretsParts, secretsOperation, valueFields, write } from '../parts.ts';
import { CURRENT, type SecretVersion } from '../versions.ts';

/** Values and labels of secrets that are there. */
export function writeOperations(parts: SecretsParts): Record<string, Operation> {
  return {
    PutSecretValue: secretsOperation({
      name: 'PutSecretValue',
      input: PutInput,
      permissions: (input) => onSecret(parts, input.SecretId, 'PutSecretValue'),
      run: (input) => put(parts, input),
    }),
    UpdateSecret: secretsOperation({
      name: 'UpdateSecret',
      input: UpdateInput,
      permissions: (input) => onSecret(parts, input.SecretId, 'UpdateSecret'),
      run: (input) => update(parts, input),
    }),
    UpdateSecretVersionStage: secretsOperation({
      name: 'UpdateSecretVersionStage',
      input: StageInput,
      permissions: (input) => onSecret(parts, input.SecretId, 'UpdateSecretVersionStage'),
      run: (input) => moveStage(parts, input),
    }),
  };
}

const PutInput = z.strictObject({
  SecretId: z.string(),
  ...valueFields,
  VersionStages: z.array(z.string()).min(1).default([CURRENT]),
});

async function put(parts: SecretsParts, input: z.output<typeof PutInput>): Promise<JsonObject> {
  const secret = parts.secrets.getLive(input.SecretId);
  const value = readValue(input);
  if (value === null) {
    throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  }
  const version = newVersion(parts, value, { id: input.ClientRequestToken, stages: input.VersionStages });
  await write(parts, () => {
    parts.versions.put(secret.arn, version);
    parts.secrets.save({ ...secret, changedAtMs: parts.clock.now() });
  });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
}

const UpdateInput = z.strictObject({
  SecretId: z.string(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  ...valueFields,
});

async function update(parts: SecretsParts, input: z.output<typeof UpdateInput>): Promise<JsonObject> {
  const secret = parts.secrets.getLive(input.SecretId);
  const value = readValue(input);
  const version: SecretVersion | null =
    value === null ? null : newVersion(parts, value, { id: input.ClientRequestToken });
  await write(parts, () => {
    if (version !== null) parts.versions.put(secret.arn, version);
    const description = input.Description ?? secret.description;
    parts.secrets.save({ ...secret, description, changedAtMs: parts.clock.now() });
  });
  return present({ ARN: secret.arn, Name: secret.name, VersionId: version?.id });
}

const StageInput = z.strictObject({
  SecretId: z.string(),
  VersionStage: z.string(),
  MoveToVersionId: z.string().optional(),
  RemoveFromVersionId: z.string().optional(),
});

async function moveStage(parts: SecretsParts, input: z.output<typeof StageInput>): Promise<JsonObject> {
  const secret = parts.secrets.getLive(input.SecretId);
  await write(parts, () => {
    checkHolder(parts, secret.arn, input);
    parts.versions.moveStage(secret.arn, input.VersionStage, input.MoveToVersionId ?? null);
  });
  return { ARN: secret.arn, Name: secret.name };
}

/** A label is only taken from the version that the caller names. */
function checkHolder(parts: SecretsParts, secret: string, input: z.output<typeof StageInput>): void {
  const { MoveToVersionId: to, RemoveFromVersionId: from, VersionStage: stage } = input;
  if (to !== undefined && parts.versions.find(secret, to, null) === null) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for VersionId: ${to}`,
    );
  }
  const holder = parts.versions.find(secret, null, stage);
  if (holder === null || holder.id === to || holder.id === from) return;
  throw new AwsError(
    'InvalidParameterException',
    `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
  );
}
