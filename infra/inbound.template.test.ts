import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { workflows } from '../agents/index.ts';
import { RemitStack } from './remit-stack.ts';
import { readSettings } from './settings.ts';
import { holdersWho, permissionsOf } from './testing/permissions.ts';
import { listed, type Resource, spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const NO_MAIL = { settings: { 'remit:inboundMailDomain': '' } };
const resourcesOf = (type: string, part: string): [id: string, resource: Resource][] =>
  Object.entries(template.of(type)).filter(([id]) => id.includes(part));
const only = (type: string, part: string): [id: string, resource: Resource] => {
  const [found, ...more] = resourcesOf(type, part);
  if (found === undefined || more.length > 0) throw new Error(`There is not one ${type} ${part}`);
  return found;
};

function recipientsIn(stack: typeof template): string[] {
  const rules = Object.values(stack.of('AWS::SES::ReceiptRule')).map(({ Properties }) => Properties['Rule']);
  return rules.flatMap((rule) => (rule as { readonly Recipients: string[] }).Recipients).toSorted();
}

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: object;
  readonly Resource: unknown;
  readonly Condition: object;
}

function policyOf(part: string): readonly Statement[] {
  const [, { Properties }] = only('AWS::S3::BucketPolicy', part);
  return (Properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement;
}

describe.each(['InboundMail', 'BroughtFiles'])('the bucket of %s', (part) => {
  const [, { Properties: bucket, DeletionPolicy }] = only('AWS::S3::Bucket', part);

  test('is private, encrypted, and forgets', () => {
    expect(bucket).toMatchObject({
      PublicAccessBlockConfiguration: {
        ...{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] },
    });
    expect(DeletionPolicy).toBe('Retain');
  });

  test('is reached over TLS alone', () => {
    expect(policyOf(part)).toContainEqual(
      expect.objectContaining({
        ...{ Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' } },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });
});

describe('inbound mail', () => {
  const [, { Properties: rule, ...rest }] = only('AWS::SES::ReceiptRule', 'supporttriage');
  const RULES = ':ses:<AWS::Region>:<AWS::AccountId>:receipt-rule-set/remit-inbound:receipt-rule/*';

  test('is kept, and only then given to the function, for each address of a definition', () => {
    const [bucket] = only('AWS::S3::Bucket', 'InboundMail');
    const [alias] = only('AWS::Lambda::Alias', 'ReceiveMail');
    expect(rule['Rule']).toEqual({
      ...{ Enabled: true, Name: 'support-triage-inbound-mail', Recipients: ['support@remit.example'] },
      ...{ ScanEnabled: true, TlsPolicy: 'Require' },
      Actions: [
        { S3Action: { BucketName: { Ref: bucket }, ObjectKeyPrefix: 'mail/support-triage/inbound-mail/' } },
        { LambdaAction: { FunctionArn: { Ref: alias }, InvocationType: 'Event' } },
      ],
    });
  });

  test('is let into the bucket and to the function by the rules of this set alone, before they are made', () => {
    const [bucket] = only('AWS::S3::Bucket', 'InboundMail');
    const [allowed, ...more] = policyOf('InboundMail').filter(({ Effect }) => Effect === 'Allow');
    expect(more).toEqual([]);
    expect([allowed?.Action, allowed?.Principal, spelled(allowed?.Resource)]).toEqual([
      ...['s3:PutObject', { Service: 'ses.amazonaws.com' }, `<${bucket}.Arn>/mail/*`],
    ]);
    const { ArnLike, StringEquals } = (allowed?.Condition ?? {}) as Record<string, Record<string, unknown>>;
    expect(spelled(ArnLike?.['aws:SourceArn'])).toBe(`arn:<AWS::Partition>${RULES}`);
    expect(StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    const [permission, { Properties }] = only('AWS::Lambda::Permission', 'ReceiveMail');
    expect([Properties['Principal'], Properties['SourceAccount'], spelled(Properties['SourceArn'])]).toEqual([
      ...['ses.amazonaws.com', { Ref: 'AWS::AccountId' }, `arn:<AWS::Partition>${RULES}`],
    ]);
    const { DependsOn } = rest as { readonly DependsOn?: string | readonly string[] };
    const [policy] = only('AWS::S3::BucketPolicy', 'InboundMail');
    expect(listed(DependsOn)).toEqual(expect.arrayContaining([policy, permission]));
  });

  test('that cannot be read is put aside, after some tries', () => {
    const [, { Properties }] = only('AWS::Lambda::EventInvokeConfig', 'ReceiveMail');
    const { OnFailure } = Properties['DestinationConfig'] as { OnFailure: { Destination: unknown } };
    expect(spelled(OnFailure.Destination)).toMatch(/^<IntakeDeadLetters\w+\.Arn>$/);
    expect(Properties['MaximumRetryAttempts']).toBe(2);
  });

  test('to a domain of its own is verified for it', () => {
    const other = synthesized(undefined, { settings: { 'remit:inboundMailDomain': 'in.company.example' } });
    const identities = Object.values(other.of('AWS::SES::EmailIdentity')).map(
      ({ Properties }) => Properties['EmailIdentity'],
    );
    expect(identities.toSorted()).toEqual(['in.company.example', 'remit.example']);
    expect(recipientsIn(other)).toEqual([
      // Mail to the sender's address comes in where its domain does.
      ...['answers@in.company.example', 'replies@in.company.example', 'support@in.company.example'],
    ]);
    expect(recipientsIn(template)).toEqual([
      ...['agents@remit.example', 'answers@remit.example', 'replies@remit.example', 'support@remit.example'],
    ]);
  });

  test('without a domain deploys nothing, and the deploy says so', () => {
    const none = synthesized(undefined, NO_MAIL);
    const made = Object.entries(none.all).filter(
      ([id, { Type }]) => id.startsWith('InboundMail') || /Receipt/.test(Type),
    );
    expect(made).toEqual([]);
    const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
    const quiet = { analyticsReporting: false, builtinCloudFormationValidation: false };
    const app = new App({
      ...quiet,
      context: { ...context, ...NO_MAIL.settings, 'aws:cdk:disable-asset-staging': true },
    });
    const versions = { code: 'code', workflows: {} };
    const stack = new RemitStack(app, 'Remit', { workflows, settings: readSettings(app.node), versions });
    Annotations.fromStack(stack).hasWarning(
      '/Remit/InboundMail',
      Match.stringLikeRegexp(
        'No mail starts lead-follow-up/reply-by-mail, support-triage/inbound-mail: set remit:inboundMailDomain',
      ),
    );
  });

  test('tells who sends mails where answers come to, and only where they do', () => {
    const told = (stack: typeof template): string[] =>
      Object.values(stack.of('AWS::Lambda::Function')).flatMap(({ Properties }) => {
        const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
        return Variables['REMIT_INBOUND_DOMAIN'] === undefined ? [] : [String(Properties['Description'])];
      });
    const senders = ['advance-batch', 'open-request', 'perform-action', 'receive-mail', 'remind-request', 'send-code'];
    expect(told(template).toSorted()).toEqual([...senders, 'tell-outcome', 'watch-autonomy']);
    expect(told(synthesized(undefined, NO_MAIL))).toEqual([]);
  });

  test('that no workflow waits for makes nothing, with or without a domain', () => {
    const none = synthesized(workflows.filter(({ id }) => id === 'lead-qualification'));
    const made = Object.keys(none.all).filter((id) => id.startsWith('InboundMail') || id.startsWith('BroughtFiles'));
    expect(made).toEqual([]);
  });
});

describe('a brought file', () => {
  test('keeps each version, and is told to the event bus by the bucket itself', () => {
    const [, { Properties }] = only('AWS::S3::Bucket', 'BroughtFiles');
    expect(Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expect(Object.values(template.all).filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([]);
  });

  test('reaches its function by a rule of the definition, in that very version', () => {
    const [bucket] = only('AWS::S3::Bucket', 'BroughtFiles');
    const [alias] = only('AWS::Lambda::Alias', 'ReceiveFile');
    const [, { Properties }] = only('AWS::Events::Rule', 'BroughtFiles');
    expect(Properties).toMatchObject({
      EventPattern: {
        ...{ source: ['aws.s3'], 'detail-type': ['Object Created'] },
        detail: {
          bucket: { name: [{ Ref: bucket }] },
          object: { key: [{ wildcard: 'expense-categorisation/*.csv' }] },
        },
      },
      Targets: [
        {
          Arn: { Ref: alias },
          DeadLetterConfig: expect.anything(),
          RetryPolicy: { MaximumRetryAttempts: 8 },
          InputTransformer: {
            InputTemplate:
              '{"workflow":"expense-categorisation","trigger":"dropped-file","receivedAt":<time>,"bucket":<detail-bucket-name>,"key":<detail-object-key>,"versionId":<detail-object-version-id>}',
          },
        },
      ],
    });
  });
});

test('what came from outside is read by those who take it in, written by none, and mails are removed where somebody is to be forgotten', () => {
  const permissions = permissionsOf(template).filter(
    ({ action, resource }) => action.startsWith('s3:') && /^<(?:InboundMail|BroughtFiles)/.test(resource),
  );
  expect(holdersWho(permissions, 's3:GetObject', /./)).toEqual(['receive-mail']);
  expect(holdersWho(permissions, 's3:GetObjectVersion', /./)).toEqual(['advance-batch', 'receive-file']);
  expect(holdersWho(permissions, 's3:DeleteObject', /<InboundMail/)).toEqual(['erase-subject']);
  expect(holdersWho(permissions, 's3:DeleteObject', /<BroughtFiles/)).toEqual([]);
  expect(new Set(permissions.map(({ action }) => action))).toEqual(
    new Set(['s3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject']),
  );
});
