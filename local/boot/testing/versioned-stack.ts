import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../kernel/service.ts';

export interface Release {
  /** Tells what is published here from other releases; versions are named after it. */
  readonly name: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  /** What happens to a version that a later template does not have. */
  readonly policy?: 'Retain' | 'Delete';
  /** Further resources, or others in place of the usual ones. */
  readonly resources?: JsonObject;
}

/**
 * Synthesizes one release of a stack, as CDK would, and answers its folder. A machine calls a function twice, by its
 * version, with an hour between; each call tells what it ran on.
 */
export function releaseStack(release: Release): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const asset = `asset.${release.name}`;
  mkdirSync(join(folder, asset));
  writeFileSync(join(folder, asset, 'index.mjs'), handlerOf(release));
  writeFileSync(join(folder, asset, 'data.txt'), `data of ${release.name}`);
  const files = { [release.name]: { source: { path: asset }, destinations: { here: { objectKey: `${asset}.zip` } } } };
  writeFileSync(join(folder, 'S.assets.json'), JSON.stringify({ files }));
  const Resources = { ...resourcesOf(release, `${asset}.zip`), ...release.resources };
  writeFileSync(join(folder, 'S.template.json'), JSON.stringify({ Resources }));
  return folder;
}

/** What the function says of what it runs on. */
export interface Told {
  readonly code: string;
  readonly data: string;
  readonly setting: string;
  readonly queue: string;
  readonly version: string;
  readonly memory: string;
  /** Time that it was given, rounded to seconds. */
  readonly seconds: number;
}

function handlerOf({ name }: Release): string {
  return `
    import { readFileSync } from 'node:fs';
    export const handler = async (event, context) => ({
      code: '${name}',
      data: readFileSync(process.env.LAMBDA_TASK_ROOT + '/data.txt', 'utf8'),
      setting: process.env.SETTING,
      queue: process.env.QUEUE_URL,
      version: context.functionVersion,
      memory: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      seconds: Math.round(context.getRemainingTimeInMillis() / 1000),
    });`;
}

function resourcesOf(release: Release, assetKey: string): Record<string, JsonObject> {
  const { name, memoryMb = 256, timeoutSeconds = 10, policy = 'Retain' } = release;
  const kept = { DeletionPolicy: policy, UpdateReplacePolicy: policy };
  return {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue' } },
    WorkRole: role('lambda.amazonaws.com', []),
    Work: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: assetKey },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Role: attribute('WorkRole', 'Arn'),
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        Environment: { Variables: { SETTING: `setting of ${name}`, QUEUE_URL: { Ref: 'Queue' } } },
      },
    },
    [`WorkVersion${name}`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Work' } }, ...kept },
    WorkLive: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Work' },
        FunctionVersion: attribute(`WorkVersion${name}`, 'Version'),
        Name: 'live',
      },
    },
    MachineRole: role('states.amazonaws.com', [
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: { 'Fn::Join': ['', [attribute('Work', 'Arn'), ':*']] },
      },
    ]),
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'case',
        RoleArn: attribute('MachineRole', 'Arn'),
        DefinitionString: JSON.stringify(definitionOf(release)),
        DefinitionSubstitutions: { Work: { Ref: `WorkVersion${name}` } },
      },
    },
    [`MachineVersion${name}`]: {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      Properties: { StateMachineArn: { Ref: 'Machine' } },
      ...kept,
    },
    MachineLive: {
      Type: 'AWS::StepFunctions::StateMachineAlias',
      Properties: {
        Name: 'live',
        RoutingConfiguration: [{ StateMachineVersionArn: { Ref: `MachineVersion${name}` }, Weight: 100 }],
      },
    },
  };
}

/** Its last state is named after the release. */
function definitionOf({ name }: Release): JsonObject {
  const call = (more: JsonObject): JsonObject => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    // As substitutions replace it.
    Arguments: { FunctionName: `\${Work}` },
    ...more,
  });
  const last = `Last of ${name}`;
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'First',
    States: {
      First: call({ Assign: { first: '{% $states.result.Payload %}' }, Next: 'Pause' }),
      Pause: { Type: 'Wait', Seconds: 3600, Next: last },
      [last]: call({ Output: { first: '{% $first %}', last: '{% $states.result.Payload %}' }, End: true }),
    },
  };
}

function role(service: string, statements: readonly Json[]): JsonObject {
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] };
  const policies = [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }];
  return {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust, ...(statements.length === 0 ? {} : { Policies: policies }) },
  };
}

function attribute(resource: string, name: string): JsonObject {
  return { 'Fn::GetAtt': [resource, name] };
}
