import { describe, expect, test } from 'vitest';
import { workflows } from '../agents/index.ts';
import { spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const tables = Object.entries(template.of('AWS::DynamoDB::Table'));
const queues = template.of('AWS::SQS::Queue');

describe.each(tables)('table %s', (_id, table) => {
  test('outlives the stack, cannot be deleted by mistake and can be set back to any moment', () => {
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });
});

test('there are tables for cases, ledger, tokens, the sandbox, large readings, evaluations and the money of models', () => {
  expect(tables.map(([id]) => id.replace(/\w{8}$/, ''))).toEqual([
    'StoresCases',
    'StoresLedger',
    'StoresTokens',
    'StoresSandbox',
    'StoresReadings',
    'StoresEvaluations',
    'StoresBudget',
  ]);
});

test('nothing of the ledger runs out by itself', () => {
  const ledger = tables.find(([id]) => id.startsWith('StoresLedger'))?.[1];
  expect(ledger?.Properties['TimeToLiveSpecification']).toBeUndefined();
});

describe('the intake', () => {
  const [[deadId, dead] = [], [queueId, queue] = []] = Object.entries(queues);

  test('tries a message five times and then puts it aside for two weeks', () => {
    expect(queue?.Properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadId, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(dead?.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  test('hides a message six times as long as its function may take', () => {
    const [source] = Object.values(template.of('AWS::Lambda::EventSourceMapping'));
    expect(spelled(source?.Properties['EventSourceArn'])).toBe(`<${queueId}.Arn>`);
    const [start] = Object.values(template.of('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties['Description'] === 'start-case',
    );
    expect(queue?.Properties['VisibilityTimeout']).toBe(6 * Number(start?.Properties['Timeout']));
  });

  test.each(Object.entries(queues))('%s is encrypted, spoken to over TLS only, and outlives the stack', (id, one) => {
    expect(one).toMatchObject({ DeletionPolicy: 'Retain', Properties: { SqsManagedSseEnabled: true } });
    const policies = Object.values(template.of('AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
      JSON.stringify(Properties['Queues']).includes(`"${id}"`),
    );
    expect(JSON.stringify(policies)).toContain('"Bool":{"aws:SecureTransport":"false"}');
  });
});

describe('secrets', () => {
  const secrets = Object.values(template.of('AWS::SecretsManager::Secret'));

  test('are one for the model, one for finding people, one for each connector that needs one, and one for the webhooks of each workflow, and outlive the stack', () => {
    expect(secrets.map(({ Properties, DeletionPolicy }) => [Properties['Name'], DeletionPolicy])).toEqual([
      ['remit/subject-key', 'Retain'],
      ['remit/anthropic-api-key', 'Retain'],
      ['remit/connector/search', 'Retain'],
      ...workflows.map(({ id }) => [`remit/webhook/${id}`, 'Retain']),
    ]);
  });

  test('hold nothing that stands in the template', () => {
    for (const { Properties } of secrets) {
      expect(Properties['SecretString']).toBeUndefined();
      expect(Properties['GenerateSecretString']).toBeDefined();
    }
  });
});
