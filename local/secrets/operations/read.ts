import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { GenerateInput, generatePassword } from '../generate.ts';
import { onSecret, type SecretsParts, secretsOperation } from '../parts.ts';
import type { Secret } from '../secrets.ts';

const GetInput = z.strictObject({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

export function readOperations(parts: SecretsParts): Record<string, Operation> {
  return {
    GetSecretValue: secretsOperation({
      name: 'GetSecretValue',
      input: GetInput,
      permissions: (input) => onSecret(parts, input.SecretId, 'GetSecretValue'),
      run: (input) => getValue(parts, input),
    }),
    DescribeSecret: secretsOperation({
      name: 'DescribeSecret',
      input: z.strictObject({ SecretId: z.string() }),
      permissions: (input) => onSecret(parts, input.SecretId, 'DescribeSecret'),
      run: (input) => describe(parts, parts.secrets.get(input.SecretId)),
    }),
    ListSecrets: secretsOperation({
      name: 'ListSecrets',
      input: z.strictObject({
        MaxResults: z.int().min(1).max(100).default(100),
        NextToken: z.string().default(''),
        IncludePlannedDeletion: z.boolean().default(false),
      }),
      permissions: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
      run: (input) => {
        const matching = parts.secrets
          .all()
          .filter((secret) => secret.name > input.NextToken)
          .filter((secret) => input.IncludePlannedDeletion || secret.deletesAtMs === null);
        const page = matching.slice(0, input.MaxResults);
        const NextToken = matching.length > page.length ? page.at(-1)?.name : undefined;
        return present({ SecretList: page.map((secret) => describe(parts, secret)), NextToken });
      },
    }),
    ListSecretVersionIds: secretsOperation({
      name: 'ListSecretVersionIds',
      input: z.strictObject({ SecretId: z.string(), IncludeDeprecated: z.boolean().default(false) }),
      permissions: (input) => onSecret(parts, input.SecretId, 'ListSecretVersionIds'),
      run: (input) => {
        const { arn, name } = parts.secrets.get(input.SecretId);
        const shown = parts.versions.all(arn).filter(({ stages }) => input.IncludeDeprecated || stages.length > 0);
        const Versions = shown.map(({ id, stages, createdAtMs }) => ({
          VersionId: id,
          VersionStages: stages,
          CreatedDate: createdAtMs / 1000,
        }));
        return { ARN: arn, Name: name, Versions };
      },
    }),
    GetRandomPassword: secretsOperation({
      name: 'GetRandomPassword',
      input: GenerateInput,
      permissions: () => [{ action: 'secretsmanager:GetRandomPassword', resource: '*' }],
      run: (input) => ({ RandomPassword: generatePassword(input) }),
    }),
  };
}

function getValue(parts: SecretsParts, input: z.output<typeof GetInput>): JsonObject {
  const secret = parts.secrets.getLive(input.SecretId);
  const version = parts.versions.find(secret.arn, input.VersionId ?? null, input.VersionStage ?? null);
  if (version === null) {
    const what =
      input.VersionId === undefined
        ? `staging label: ${input.VersionStage ?? 'AWSCURRENT'}`
        : `VersionId: ${input.VersionId}`;
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: version.stages,
    CreatedDate: version.createdAtMs / 1000,
    ...('text' in version.value ? { SecretString: version.value.text } : { SecretBinary: version.value.base64 }),
  };
}

function describe(parts: SecretsParts, secret: Secret): JsonObject {
  const labelled = parts.versions.all(secret.arn).filter((version) => version.stages.length > 0);
  return present({
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: secret.createdAtMs / 1000,
    LastChangedDate: secret.changedAtMs / 1000,
    DeletedDate: secret.deletesAtMs === null ? undefined : secret.deletesAtMs / 1000,
    VersionIdsToStages: Object.fromEntries(labelled.map((version) => [version.id, version.stages])),
  });
}
