import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createSecrets, type SecretsService } from './index.ts';

let served: ServedService<SecretsService>;
let client: SecretsManagerClient;

beforeAll(async () => {
  served = await serveAlone(createSecrets);
  client = new SecretsManagerClient(served.client);
});
afterAll(async () => {
  client.destroy();
  await served.close();
});

it('keeps text and bytes in versions', async () => {
  const made = await client.send(new CreateSecretCommand({ Name: 'a/b', SecretString: 'one' }));
  await client.send(new PutSecretValueCommand({ SecretId: 'a/b', SecretBinary: new Uint8Array([1, 2, 255]) }));
  const current = await client.send(new GetSecretValueCommand({ SecretId: made.ARN }));
  const previous = await client.send(new GetSecretValueCommand({ SecretId: 'a/b', VersionStage: 'AWSPREVIOUS' }));

  expect([...(current.SecretBinary ?? [])]).toEqual([1, 2, 255]);
  expect(current).toMatchObject({ ARN: made.ARN, VersionStages: ['AWSCURRENT'], CreatedDate: expect.any(Date) });
  expect(previous).toMatchObject({ SecretString: 'one', VersionId: made.VersionId });
  expect((await client.send(new ListSecretsCommand({}))).SecretList).toMatchObject([{ Name: 'a/b' }]);
});

it('marks for deletion and says what is not there', async () => {
  await client.send(new CreateSecretCommand({ Name: 'gone', SecretString: 'x' }));
  await client.send(new DeleteSecretCommand({ SecretId: 'gone', RecoveryWindowInDays: 7 }));
  const described = await client.send(new DescribeSecretCommand({ SecretId: 'gone' }));

  expect(described.DeletedDate).toBeInstanceOf(Date);
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'none' }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
});
