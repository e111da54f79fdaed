import * as z from 'zod';
import type { AppClient } from '../signin/index.ts';
import { BootError, type Resource } from '../template/index.ts';
import { placeFirstFiles } from './first-files.ts';
import { type Provision, propertiesOf, type Stack } from './stack.ts';

/** Tables, buckets, secrets, alarms and user pools; and what needs nothing on one machine. */
export const provisionKeeping: Readonly<Record<string, Provision>> = {
  'AWS::DynamoDB::Table': (resource, { aws }) => {
    const table = propertiesOf(resource, Table);
    aws.dynamodb.ensureTable(tableSpecification(resource, table));
  },
  'AWS::DynamoDB::GlobalTable': (resource, { aws }) => {
    const { Replicas, ...table } = propertiesOf(resource, GlobalTable);
    if (Replicas.length !== 1)
      throw new BootError(`The table ${resource.logicalId} has several replicas; one is local.`);
    aws.dynamodb.ensureTable(tableSpecification(resource, table));
  },
  'AWS::S3::Bucket': (resource, stack) => {
    const { aws } = stack;
    aws.s3.ensureBucket(resource.physicalId, resource.properties);
    aws.s3.setBucketPolicy(resource.physicalId, null);
    placeFirstFiles(resource, stack);
  },
  'AWS::S3::BucketPolicy': (resource, { aws }) => {
    const { Bucket, PolicyDocument } = propertiesOf(resource, BucketPolicy);
    aws.s3.setBucketPolicy(Bucket, PolicyDocument);
  },
  'AWS::SecretsManager::Secret': (resource, { aws, anthropicApiKey }) => {
    const name = secretName(resource);
    const isAnthropicKey = name.endsWith('anthropic-api-key');
    const { GenerateSecretString: _, ...rest } = resource.properties;
    const properties = isAnthropicKey ? { ...rest, SecretString: anthropicApiKey ?? NO_KEY } : resource.properties;
    aws.secrets.ensureSecret({ name, arn: resource.physicalId, properties });
  },
  'AWS::Cognito::UserPool': (resource, stack) => {
    const clients = partsOf(resource, 'AWS::Cognito::UserPoolClient', stack);
    const groups = partsOf(resource, 'AWS::Cognito::UserPoolGroup', stack);
    stack.signin.setPool({
      issuer: resource.attributes['ProviderURL'] ?? '',
      clientId: clients[0]?.physicalId ?? 'no-client',
      clients: clients.map(appClient),
      groups: groups.map(({ physicalId }) => physicalId),
    });
  },
  'AWS::Cognito::UserPoolClient': nothingLocally,
  'AWS::Cognito::UserPoolGroup': nothingLocally,
  'AWS::Cognito::UserPoolDomain': nothingLocally,
  'AWS::Cognito::ManagedLoginBranding': nothingLocally,
  'AWS::KMS::Key': nothingLocally,
  'AWS::KMS::Alias': nothingLocally,
  'AWS::Logs::LogGroup': nothingLocally,
  'AWS::CloudWatch::Alarm': (resource, { aws }) => {
    aws.cloudwatch.ensureAlarm({ ...resource.properties, AlarmName: resource.physicalId });
  },
  'AWS::CloudWatch::Dashboard': nothingLocally,
  'AWS::CDK::Metadata': nothingLocally,
};

/** With no model to ask, workflows that bring a script play it: on one machine somebody tries things out. */
const NO_KEY = JSON.stringify({ apiKey: '', scripted: true });

/** `<name>-<six characters>` is the last part of a secret's ARN. */
export function secretName(secret: Resource): string {
  return secret.physicalId.replace(/^.*:secret:/, '').slice(0, -7);
}

/** Encryption keys, log groups with retention and dashboards have no counterpart on one machine. */
function nothingLocally(): void {}

function partsOf(pool: Resource, type: string, stack: Stack): readonly Resource[] {
  return stack.resources.filter((resource) => {
    return resource.type === type && resource.properties['UserPoolId'] === pool.physicalId;
  });
}

function appClient(resource: Resource): AppClient {
  const client = UserPoolClient.parse(resource.properties);
  if (client.GenerateSecret) {
    throw new BootError(`The local sign-in has no clients with a secret, as ${resource.logicalId} would be.`);
  }
  return {
    id: resource.physicalId,
    callbackUrls: client.CallbackURLs ?? null,
    logoutUrls: client.LogoutURLs ?? null,
    scopes: client.AllowedOAuthScopes ?? null,
  };
}

const UserPoolClient = z.object({
  CallbackURLs: z.array(z.string()).optional(),
  LogoutURLs: z.array(z.string()).optional(),
  AllowedOAuthScopes: z.array(z.string()).optional(),
  GenerateSecret: z.boolean().default(false),
});

function tableSpecification(resource: Resource, table: z.infer<typeof CommonTable>) {
  const { TimeToLiveSpecification: timeToLive, StreamSpecification: stream } = table;
  return {
    TableName: resource.physicalId,
    KeySchema: table.KeySchema,
    AttributeDefinitions: table.AttributeDefinitions,
    BillingMode: table.BillingMode ?? 'PROVISIONED',
    ...(table.ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput: table.ProvisionedThroughput }),
    ...(table.GlobalSecondaryIndexes === undefined
      ? {}
      : { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(indexSpecification) }),
    ...(table.LocalSecondaryIndexes === undefined
      ? {}
      : { LocalSecondaryIndexes: table.LocalSecondaryIndexes.map(indexSpecification) }),
    ...(timeToLive === undefined
      ? {}
      : { TimeToLiveSpecification: { Enabled: timeToLive.Enabled, AttributeName: timeToLive.AttributeName ?? '' } }),
    ...(stream === undefined ? {} : { StreamSpecification: { StreamViewType: stream.StreamViewType } }),
  };
}

function indexSpecification(index: z.infer<typeof Index>) {
  const { ProjectionType, NonKeyAttributes } = index.Projection;
  return {
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: { ProjectionType, ...(NonKeyAttributes === undefined ? {} : { NonKeyAttributes }) },
    ...(index.ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput: index.ProvisionedThroughput }),
  };
}

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.string() }));

const Throughput = z.strictObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() });

const Index = z.strictObject({
  ContributorInsightsSpecification: z.unknown().optional(),
  IndexName: z.string(),
  KeySchema,
  OnDemandThroughput: z.unknown().optional(),
  Projection: z.strictObject({ NonKeyAttributes: z.array(z.string()).optional(), ProjectionType: z.string() }),
  ProvisionedThroughput: Throughput.optional(),
  ReadOnDemandThroughputSettings: z.unknown().optional(),
  WarmThroughput: z.unknown().optional(),
  WriteOnDemandThroughputSettings: z.unknown().optional(),
});

const tableFields = {
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.string() })),
  BillingMode: z.string().optional(),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  KeySchema,
  LocalSecondaryIndexes: z.array(Index).optional(),
  ProvisionedThroughput: Throughput.optional(),
  SSESpecification: z.unknown().optional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.string(), ResourcePolicy: z.unknown().optional() })
    .optional(),
  TableName: z.string().optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
  WarmThroughput: z.unknown().optional(),
};

const BucketPolicy = z.strictObject({ Bucket: z.string(), PolicyDocument: z.record(z.string(), z.json()) });

const CommonTable = z.object(tableFields);

const Table = z.strictObject({
  ...tableFields,
  ContributorInsightsSpecification: z.unknown().optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  OnDemandThroughput: z.unknown().optional(),
  PointInTimeRecoverySpecification: z.unknown().optional(),
  TableClass: z.string().optional(),
  Tags: z.unknown().optional(),
});

const GlobalTable = z.strictObject({
  ...tableFields,
  Replicas: z.array(z.json()),
  WriteOnDemandThroughputSettings: z.unknown().optional(),
});
