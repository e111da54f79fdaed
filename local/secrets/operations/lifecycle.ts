import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { newVersion, onSecret, readValue, type SecretsParts, secretsOperation, valueFields, write } from '../parts.ts';
import type { Secret } from '../secrets.ts';

const DAY_MS = 86_400_000;

export function lifecycleOperations(parts: SecretsParts): Record<string, Operation> {
  return {
    CreateSecret: secretsOperation({
      name: 'CreateSecret',
      input: CreateInput,
      permissions: (input) => onSecret(parts, input.Name, 'CreateSecret'),
      run: (input) => create(parts, input),
    }),
    DeleteSecret: secretsOperation({
      name: 'DeleteSecret',
      input: DeleteInput,
      permissions: (input) => onSecret(parts, input.SecretId, 'DeleteSecret'),
      run: (input) => remove(parts, input),
    }),
    RestoreSecret: secretsOperation({
      name: 'RestoreSecret',
      input: z.strictObject({ SecretId: z.string() }),
      permissions: (input) => onSecret(parts, input.SecretId, 'RestoreSecret'),
      run: async (input) => {
        const secret = parts.secrets.get(input.SecretId);
        await write(parts, () => parts.secrets.save({ ...secret, deletesAtMs: null }));
        return { ARN: secret.arn, Name: secret.name };
      },
    }),
  };
}

const CreateInput = z.strictObject({
  Name: z.string().regex(/^[\w/+=.@-]{1,512}$/, 'must be 1 to 512 letters, digits or /_+=.@-'),
  Description: z.string().default(''),
  KmsKeyId: z.string().optional(),
  Tags: z.unknown().optional(),
  ...valueFields,
});

async function create(parts: SecretsParts, input: z.output<typeof CreateInput>): Promise<JsonObject> {
  const value = readValue(input);
  const version = value === null ? null : newVersion(parts, value, { id: input.ClientRequestToken });
  const arn = parts.secrets.arnOfName(input.Name);
  await write(parts, () => {
    checkNameIsFree(parts, input.Name);
    parts.versions.removeAll(arn);
    parts.secrets.save(newSecret(parts, input.Name, arn, input.Description));
    if (version !== null) parts.versions.put(arn, version);
  });
  return present({ ARN: arn, Name: input.Name, VersionId: version?.id });
}

export function newSecret(parts: SecretsParts, name: string, arn: string, description: string): Secret {
  const nowMs = parts.clock.now();
  return { name, arn, description, createdAtMs: nowMs, changedAtMs: nowMs, deletesAtMs: null, templateDigest: null };
}

function checkNameIsFree(parts: SecretsParts, name: string): void {
  const existing = parts.secrets.find(name);
  if (existing === null) return;
  if (existing.deletesAtMs === null) {
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
  }
  throw new AwsError(
    'InvalidRequestException',
    `You can't create this secret because a secret with this name is already scheduled for deletion.`,
  );
}

const DeleteInput = z.strictObject({
  SecretId: z.string(),
  RecoveryWindowInDays: z.int().optional(),
  ForceDeleteWithoutRecovery: z.boolean().default(false),
});

async function remove(parts: SecretsParts, input: z.output<typeof DeleteInput>): Promise<JsonObject> {
  if (input.ForceDeleteWithoutRecovery && input.RecoveryWindowInDays !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  const window = input.RecoveryWindowInDays ?? 30;
  if (window < 7 || window > 30) {
    const message = 'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).';
    throw new AwsError('InvalidParameterException', message);
  }
  if (input.ForceDeleteWithoutRecovery && parts.secrets.find(input.SecretId) === null)
    return forgotten(parts, input.SecretId);
  const secret = parts.secrets.getLive(input.SecretId);
  const days = input.ForceDeleteWithoutRecovery ? 0 : window;
  const deletesAtMs = parts.clock.now() + days * DAY_MS;
  await write(parts, () => parts.secrets.save({ ...secret, deletesAtMs }));
  return { ARN: secret.arn, Name: secret.name, DeletionDate: deletesAtMs / 1000 };
}

/** Whoever forces a deletion is not told that there was nothing to delete. */
function forgotten(parts: SecretsParts, secretId: string): JsonObject {
  const isArn = secretId.startsWith('arn:');
  const ARN = isArn ? secretId : parts.secrets.arnOfName(secretId);
  return { ARN, Name: isArn ? (secretId.split(':').at(-1) ?? '') : secretId, DeletionDate: parts.clock.now() / 1000 };
}
