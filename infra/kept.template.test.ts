import { expect, test } from 'vitest';
import { synthesized } from './testing/synthesized.ts';

/**
 * What holds something, by its logical ids. Under another id, or in another stack, CloudFormation would make a new and empty
 * one beside it. A new one is added here; none is changed.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': [
    'StoresBudget7DAB9C75',
    'StoresCases0B2042E3',
    'StoresEvaluations2C808F79',
    'StoresLedgerA56684EA',
    'StoresReadingsC1D5F953',
    'StoresSandbox090A766C',
    'StoresTokens075CED64',
  ],
  'AWS::S3::Bucket': [
    'BroughtFilesBucket79220A6A',
    'ConnectorsOwnFilesBucket43691821',
    'InboundMailMailsBucketE45617FB',
  ],
  'AWS::Cognito::UserPool': ['WebPeople93F3DD0C'],
  'AWS::SecretsManager::Secret': [
    'AnthropicApiKeyC9C806DA',
    'ConnectorsSecretsearchCCDA0380',
    'ErasureSubjectKey8CB7C3CA',
    'TriggersSecretexpensecategorisationC01640C9',
    'TriggersSecrethronboarding9729AADD',
    'TriggersSecretleadfollowupA04DC924',
    'TriggersSecretleadqualificationB9A76B0B',
    'TriggersSecretonboardingstepsD43EF622',
    'TriggersSecretpartnerresearchBFCF1FA8',
    'TriggersSecretsupporttriage7D4CE773',
  ],
  'AWS::SQS::Queue': ['IntakeDeadLettersA15864BB', 'IntakeQueue6FB53B87'],
  'AWS::Events::EventBus': ['TriggersBus6827132D'],
  'AWS::Cognito::UserPoolClient': ['WebPeopleWebEB0764AB'],
};

test.each(Object.entries(KEPT))('a release keeps each %s of a deployment', (type, ids) => {
  const { stacks } = synthesized();
  const found = Object.entries(stacks['Remit'] ?? {}).filter(([, resource]) => resource.Type === type);
  expect(found.map(([id]) => id).toSorted()).toEqual(ids);
});

test('no other stack holds anything', () => {
  const { stacks } = synthesized();
  const others = Object.entries(stacks).filter(([name]) => name !== 'Remit');
  const types = new Set(others.flatMap(([, all]) => Object.values(all).map(({ Type }) => Type)));
  expect([...types].toSorted()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
  ]);
});
