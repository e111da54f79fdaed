import { statSync } from 'node:fs';
import * as z from 'zod';
import { nameParts } from '../lambda/functions.ts';
import { DEFAULT_INVOKE_CONFIG } from '../lambda/index.ts';
import { BootError, type Resource } from '../template/index.ts';
import { checkTrust, type Provision, propertiesOf, type Stack } from './stack.ts';

/** Functions with their versions, aliases, permissions and triggers. */
export const provisionLambda: Readonly<Record<string, Provision>> = {
  'AWS::Lambda::Function': (resource, stack) => {
    const fn = propertiesOf(resource, LambdaFunction);
    checkTrust(stack, {
      roleArn: fn.Role,
      service: 'lambda.amazonaws.com',
      sourceArn: resource.attributes['Arn'] ?? '',
    });
    stack.lambda.ensureFunction({
      name: resource.physicalId,
      arn: resource.attributes['Arn'] ?? '',
      roleArn: fn.Role,
      runtime: fn.Runtime,
      architecture: fn.Architectures?.[0] ?? 'x86_64',
      codeFolder: codeFolder(fn.Code.S3Key, resource, stack),
      handler: fn.Handler,
      memoryMb: fn.MemorySize ?? 128,
      timeoutMs: (fn.Timeout ?? 3) * 1000,
      environment: fn.Environment?.Variables ?? {},
      reservedConcurrency: fn.ReservedConcurrentExecutions ?? null,
      deadLetterArn: fn.DeadLetterConfig?.TargetArn ?? null,
    });
  },
  'AWS::Lambda::Version': (resource, { lambda }) => {
    const version = propertiesOf(resource, LambdaVersion);
    lambda.ensureVersion(nameParts(version.FunctionName).name, resource.attributes['Version'] ?? '');
  },
  'AWS::Lambda::Alias': (resource, { lambda }) => {
    const alias = propertiesOf(resource, LambdaAlias);
    lambda.ensureAlias(nameParts(alias.FunctionName).name, alias.Name, alias.FunctionVersion);
  },
  'AWS::Lambda::Permission': (resource, stack) => {
    const permission = propertiesOf(resource, Permission);
    const functionArn = functionArnOf(permission.FunctionName, stack);
    stack.iam.addResourcePolicy(functionArn, { Statement: permissionStatement(permission, functionArn) });
  },
  'AWS::Lambda::EventInvokeConfig': (resource, { lambda }) => {
    const config = propertiesOf(resource, EventInvokeConfig);
    const age = config.MaximumEventAgeInSeconds;
    lambda.ensureInvokeConfig(nameParts(config.FunctionName).name, config.Qualifier, {
      maximumRetryAttempts: config.MaximumRetryAttempts ?? DEFAULT_INVOKE_CONFIG.maximumRetryAttempts,
      maximumEventAgeMs: age === undefined ? DEFAULT_INVOKE_CONFIG.maximumEventAgeMs : age * 1000,
      onSuccess: config.DestinationConfig?.OnSuccess?.Destination ?? null,
      onFailure: config.DestinationConfig?.OnFailure?.Destination ?? null,
    });
  },
  'AWS::Lambda::EventSourceMapping': (resource, { lambda }) => {
    const mapping = propertiesOf(resource, EventSourceMapping);
    if (mapping.Enabled === false) return;
    if (!/^arn:[^:]+:sqs:/.test(mapping.EventSourceArn)) {
      throw new BootError(`The local runtime polls only SQS queues (${resource.logicalId}).`);
    }
    lambda.ensureSqsMapping({
      queueArn: mapping.EventSourceArn,
      functionName: mapping.FunctionName,
      batchSize: mapping.BatchSize ?? 10,
      maximumBatchingWindowMs: (mapping.MaximumBatchingWindowInSeconds ?? 0) * 1000,
      reportsBatchItemFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? null,
    });
  },
};

function codeFolder(objectKey: string, resource: Resource, stack: Stack): string {
  const path = stack.assembly.assetPath(objectKey);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  throw new BootError(`The code of ${resource.logicalId} is not a folder: ${path}.`);
}

function functionArnOf(nameOrArn: string, { place }: Stack): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  return `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${nameOrArn}`;
}

function permissionStatement(permission: z.infer<typeof Permission>, functionArn: string) {
  const isService = permission.Principal.endsWith('.amazonaws.com');
  return {
    Effect: 'Allow',
    Principal: isService ? { Service: permission.Principal } : { AWS: permission.Principal },
    Action: permission.Action,
    Resource: functionArn,
    Condition: {
      ...(permission.SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': permission.SourceArn } }),
      ...(permission.SourceAccount === undefined
        ? {}
        : { StringEquals: { 'aws:SourceAccount': permission.SourceAccount } }),
    },
  };
}

const LambdaFunction = z.strictObject({
  Architectures: z.array(z.enum(['arm64', 'x86_64'])).optional(),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
  Description: z.string().optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).optional() }).optional(),
  EphemeralStorage: z.unknown().optional(),
  FunctionName: z.string().optional(),
  Handler: z.string(),
  KmsKeyArn: z.string().optional(),
  LoggingConfig: z.unknown().optional(),
  MemorySize: z.number().optional(),
  RecursiveLoop: z.string().optional(),
  ReservedConcurrentExecutions: z.number().optional(),
  Role: z.string(),
  Runtime: z.string().startsWith('nodejs', 'only Node.js runtimes run locally'),
  Tags: z.unknown().optional(),
  Timeout: z.number().optional(),
  TracingConfig: z.unknown().optional(),
});

const LambdaVersion = z.strictObject({
  FunctionName: z.string(),
  Description: z.string().optional(),
  CodeSha256: z.string().optional(),
});

const LambdaAlias = z.strictObject({
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Name: z.string(),
  Description: z.string().optional(),
});

const Permission = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.string().optional(),
  SourceArn: z.string().optional(),
});

const Destination = z.strictObject({ Destination: z.string() }).optional();

const EventInvokeConfig = z.strictObject({
  DestinationConfig: z.strictObject({ OnFailure: Destination, OnSuccess: Destination }).optional(),
  FunctionName: z.string(),
  MaximumEventAgeInSeconds: z.number().optional(),
  MaximumRetryAttempts: z.number().optional(),
  Qualifier: z.string(),
});

const EventSourceMapping = z.strictObject({
  BatchSize: z.number().optional(),
  Enabled: z.boolean().optional(),
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.string()).optional(),
  MaximumBatchingWindowInSeconds: z.number().optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.number() }).optional(),
  Tags: z.unknown().optional(),
});
