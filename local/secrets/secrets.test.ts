import { describe, expect, it } from 'vitest';
import { Activity } from '../kernel/activity.ts';
import { MovableClock } from '../kernel/clock.ts';
import type { JsonObject } from '../kernel/service.ts';
import { Store } from '../kernel/store.ts';
import { createSecrets } from './index.ts';

describe('secrets of a template', () => {
  it('are generated once and kept', async () => {
    const { secrets, call } = open();
    const properties = { GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } };

    const arn = secrets.ensureSecret({ name: 'hooks/signing', properties });
    const first = await call('GetSecretValue', { SecretId: arn });
    secrets.ensureSecret({ name: 'hooks/signing', properties });
    const second = await call('GetSecretValue', { SecretId: 'hooks/signing' });

    expect(arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:000000000000:secret:hooks\/signing-[A-Za-z0-9]{6}$/);
    expect(first['SecretString']).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(second).toEqual(first);
  });

  it('put the generated value under its key in a template', async () => {
    const { secrets, call } = open();
    const generate = { SecretStringTemplate: '{"user":"remit"}', GenerateStringKey: 'password', PasswordLength: 12 };
    secrets.ensureSecret({ name: 'db', properties: { GenerateSecretString: generate } });

    const { SecretString } = await call('GetSecretValue', { SecretId: 'db' });
    expect(JSON.parse(String(SecretString))).toEqual({ user: 'remit', password: expect.stringMatching(/^.{12}$/) });
  });

  it('keep a value that was put over the generated one, and take a new one that the template gives', async () => {
    const { secrets, call } = open();
    secrets.ensureSecret({ name: 'key', properties: { SecretString: 'from template' } });
    await call('PutSecretValue', { SecretId: 'key', SecretString: 'by hand' });

    secrets.ensureSecret({ name: 'key', properties: { SecretString: 'from template' } });
    expect(await call('GetSecretValue', { SecretId: 'key' })).toMatchObject({ SecretString: 'by hand' });
    secrets.ensureSecret({ name: 'key', properties: { SecretString: 'changed in template' } });
    expect(await call('GetSecretValue', { SecretId: 'key' })).toMatchObject({ SecretString: 'changed in template' });
  });
});

describe('versions and stages', () => {
  it('make the current value the previous one when a new one is put', async () => {
    const { call } = open();
    await call('CreateSecret', { Name: 's', SecretString: 'one' });
    await call('PutSecretValue', { SecretId: 's', SecretString: 'two' });

    expect(await call('GetSecretValue', { SecretId: 's' })).toMatchObject({ SecretString: 'two' });
    expect(await call('GetSecretValue', { SecretId: 's', VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      SecretString: 'one',
    });
  });

  it('rotate through AWSPENDING', async () => {
    const { call } = open();
    const { VersionId: one } = await call('CreateSecret', { Name: 's', SecretString: 'one' });
    const { VersionId: two } = await call('PutSecretValue', {
      SecretId: 's',
      SecretString: 'two',
      VersionStages: ['AWSPENDING'],
    });
    expect(await call('GetSecretValue', { SecretId: 's' })).toMatchObject({ SecretString: 'one' });

    await expect(
      call('UpdateSecretVersionStage', { SecretId: 's', VersionStage: 'AWSCURRENT', MoveToVersionId: two ?? '' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await call('UpdateSecretVersionStage', {
      SecretId: 's',
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: two ?? '',
      RemoveFromVersionId: one ?? '',
    });

    expect(await call('DescribeSecret', { SecretId: 's' })).toMatchObject({
      VersionIdsToStages: { [String(one)]: ['AWSPREVIOUS'], [String(two)]: ['AWSPENDING', 'AWSCURRENT'] },
    });
  });

  it('take the same token with the same value as the same call, and refuse another value', async () => {
    const { call } = open();
    await call('CreateSecret', { Name: 's', SecretString: 'one' });
    const put = (SecretString: string) =>
      call('PutSecretValue', { SecretId: 's', SecretString, ClientRequestToken: 'token' });
    await put('two');

    expect(await put('two')).toMatchObject({ VersionId: 'token' });
    await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });
});

describe('finding', () => {
  it('goes by name, ARN, or ARN without its last six characters', async () => {
    const { call } = open();
    const { ARN } = await call('CreateSecret', { Name: 's', SecretString: 'one' });
    const arn = String(ARN);

    for (const SecretId of ['s', arn, arn.slice(0, -7)]) {
      expect(await call('GetSecretValue', { SecretId })).toMatchObject({ SecretString: 'one' });
    }
    await expect(call('GetSecretValue', { SecretId: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('asks IAM for the full ARN', async () => {
    const { secrets, call } = open();
    const { ARN } = await call('CreateSecret', { Name: 's', SecretString: 'one' });
    expect(secrets.operations['GetSecretValue']?.permissions({ SecretId: 's' })).toEqual([
      { action: 'secretsmanager:GetSecretValue', resource: ARN },
    ]);
  });
});

describe('deleting', () => {
  it('by force says nothing of a secret that is not there, and otherwise does', async () => {
    const { call } = open();
    expect(await call('DeleteSecret', { SecretId: 'none', ForceDeleteWithoutRecovery: true })).toMatchObject({
      Name: 'none',
    });
    await expect(call('DeleteSecret', { SecretId: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([6, 31])('does not wait %i days', async (RecoveryWindowInDays) => {
    await expect(open().call('DeleteSecret', { SecretId: 's', RecoveryWindowInDays })).rejects.toThrow(
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    );
  });

  it('refuses reads during the recovery window, restores, and is final after it', async () => {
    const { call, clock } = open();
    await call('CreateSecret', { Name: 's', SecretString: 'one' });

    await call('DeleteSecret', { SecretId: 's', RecoveryWindowInDays: 7 });
    await expect(call('GetSecretValue', { SecretId: 's' })).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await call('RestoreSecret', { SecretId: 's' });
    expect(await call('GetSecretValue', { SecretId: 's' })).toMatchObject({ SecretString: 'one' });

    await call('DeleteSecret', { SecretId: 's', RecoveryWindowInDays: 7 });
    await clock.advance(7 * 86_400_000);
    await expect(call('GetSecretValue', { SecretId: 's' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await call('CreateSecret', { Name: 's', SecretString: 'anew' });
    expect(await call('GetSecretValue', { SecretId: 's' })).toMatchObject({ SecretString: 'anew' });
    clock.stop();
  });
});

function open() {
  const store = new Store(':memory:');
  const activity = new Activity();
  const clock = new MovableClock(store, activity);
  const place = { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' } as const;
  const secrets = createSecrets({ store, clock, activity, place });
  const call = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const found = secrets.operations[operation];
    if (found === undefined) throw new Error(`No operation ${operation}`);
    return found.run(input, { kind: 'operator', traceId: null });
  };
  return { secrets, clock, call };
}

it('makes no password too short to have some of each kind', async () => {
  const { call } = open();
  await expect(call('GetRandomPassword', { PasswordLength: 3 })).rejects.toThrow('Password length is too short');
  expect(await call('GetRandomPassword', { PasswordLength: 3, RequireEachIncludedType: false })).toMatchObject({
    RandomPassword: expect.stringMatching(/^.{3}$/),
  });
});
