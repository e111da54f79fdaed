import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Resource, readAssembly, resolveStacks } from './index.ts';

describe('readAssembly', () => {
  it('names the folder that is missing', () => {
    expect(() => readAssembly('/nowhere/cdk.out')).toThrow('There is no folder /nowhere/cdk.out');
  });

  it('says when a folder holds no stack', () => {
    expect(() => readAssembly(folderWith({}))).toThrow('holds no stack');
  });

  it('names the file that is broken', () => {
    expect(() => readAssembly(folderWith({ 'Remit.template.json': '{"Resources"' }))).toThrow(
      'Remit.template.json is broken',
    );
  });

  it('takes stack, account and region from the manifest and finds assets by their object key', () => {
    const folder = folderWith({
      'manifest.json': {
        artifacts: {
          Remit: {
            type: 'aws:cloudformation:stack',
            environment: 'aws://111111111111/eu-west-1',
            properties: { templateFile: 'Remit.template.json' },
          },
          'Remit.assets': { type: 'cdk:asset-manifest', properties: { file: 'Remit.assets.json' } },
        },
      },
      'Remit.template.json': { Resources: {} },
      'Remit.assets.json': {
        files: { abc: { source: { path: 'asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } } },
      },
    });

    const assembly = readAssembly(folder);

    expect(assembly).toMatchObject({ stacks: [{ name: 'Remit' }], accountId: '111111111111', region: 'eu-west-1' });
    expect(assembly.assetPath('abc.zip')).toBe(join(folder, 'asset.abc'));
    expect(() => assembly.assetPath('def.zip')).toThrow('has no asset def.zip');
  });

  it('takes an environment that is not known as none', () => {
    const folder = folderWith({
      'manifest.json': {
        artifacts: {
          S: {
            type: 'aws:cloudformation:stack',
            environment: 'aws://unknown-account/unknown-region',
            properties: { templateFile: 'S.template.json' },
          },
        },
      },
      'S.template.json': { Resources: {} },
    });
    expect(readAssembly(folder)).toMatchObject({ accountId: null, region: null });
  });
});

describe('resolveStacks', () => {
  it('puts each resource after what it refers to', () => {
    const resources = resolved({
      Function: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
      Role: { Type: 'AWS::IAM::Role', DependsOn: ['Log'] },
      Log: { Type: 'AWS::Logs::LogGroup', Properties: { Name: { 'Fn::Sub': `x-${placeholder('Queue.QueueName')}` } } },
      Queue: { Type: 'AWS::SQS::Queue' },
    });
    expect(resources.map((resource) => resource.logicalId)).toEqual(['Queue', 'Log', 'Role', 'Function']);
  });

  it('gives a name where the template gives none, and the address and ARN that follow from it', () => {
    const [queue] = resolved({ Intake: { Type: 'AWS::SQS::Queue' } });
    expect(queue).toMatchObject({
      physicalId: 'http://127.0.0.1:4700/000000000000/Remit-Intake',
      attributes: { QueueName: 'Remit-Intake', Arn: 'arn:aws:sqs:eu-west-1:000000000000:Remit-Intake' },
    });
  });

  it('shortens a name that is too long for its service to the same one every time', () => {
    const template = { ['L'.repeat(90)]: { Type: 'AWS::Lambda::Function' } };
    const name = resolved(template)[0]?.physicalId;
    expect(name).toHaveLength(64);
    expect(resolved(template)[0]?.physicalId).toBe(name);
  });

  const intrinsics: readonly [name: string, value: unknown, expected: unknown][] = [
    ['Ref to a resource', { Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:000000000000:alerts'],
    ['Ref to a parameter', { Ref: 'Stage' }, 'live'],
    ['a pseudo parameter', { Ref: 'AWS::Partition' }, 'aws'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'alerts'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Topic.TopicName' }, 'alerts'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-live-1'],
    [
      'Fn::Sub with names',
      { 'Fn::Sub': [placeholder('AWS::Region'), placeholder('Topic.TopicName'), placeholder('!Kept')].join('/') },
      `eu-west-1/alerts/${placeholder('Kept')}`,
    ],
    ['Fn::Sub with own variables', { 'Fn::Sub': [`${placeholder('x')}!`, { x: { Ref: 'Stage' } }] }, 'live!'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::If', { 'Fn::If': ['IsLive', 'yes', 'no'] }, 'yes'],
    ['nested conditions', { 'Fn::If': ['IsNotLiveOrOdd', 'yes', 'no'] }, 'no'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 512],
    ['AWS::NoValue in a list', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
    [
      'the public address of an API',
      { 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '.execute-api.eu-west-1.amazonaws.com/r/']] },
      'http://127.0.0.1:4700/r/',
    ],
  ];
  it.each(intrinsics)('carries out %s', (_, value, expected) => {
    const resources = resolved({
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
      Subject: { Type: 'AWS::Logs::LogGroup', Properties: { Value: value } },
    });
    expect(resources.find((resource) => resource.logicalId === 'Subject')?.properties['Value']).toEqual(expected);
  });

  it('leaves out properties without a value and resources whose condition does not hold', () => {
    const resources = resolved({
      Kept: { Type: 'AWS::Logs::LogGroup', Properties: { Gone: { Ref: 'AWS::NoValue' }, Here: 1 } },
      Dropped: { Type: 'AWS::Logs::LogGroup', Condition: 'IsNotLiveOrOdd' },
    });
    expect(resources.map(({ logicalId, properties }) => ({ logicalId, properties }))).toEqual([
      { logicalId: 'Kept', properties: { Here: 1 } },
    ]);
  });

  it('numbers the versions of a function as they come', () => {
    const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } };
    const resources = resolved({ F: { Type: 'AWS::Lambda::Function' }, V1: version, V2: version });
    expect(resources.slice(1).map((resource) => resource.physicalId)).toEqual([
      'arn:aws:lambda:eu-west-1:000000000000:function:Remit-F:1',
      'arn:aws:lambda:eu-west-1:000000000000:function:Remit-F:2',
    ]);
  });

  const refusals: readonly [what: string, resources: object, sentence: string][] = [
    [
      'a resource type',
      { Bucket: { Type: 'AWS::EC2::Instance' } },
      'does not have AWS::EC2::Instance (resource Bucket)',
    ],
    ['an intrinsic function', log({ 'Fn::Cidr': [] }), 'the intrinsic function Fn::Cidr (in Subject)'],
    ['a reference', log({ Ref: 'Ghost' }), 'refers to Ghost'],
    ['an attribute', log({ 'Fn::GetAtt': ['Other', 'Colour'] }), 'attribute Colour of AWS::Logs::LogGroup Other'],
    ['a pseudo parameter', log({ Ref: 'AWS::Moon' }), 'AWS::Moon'],
    ['a parameter without a value', log({ Ref: 'Owner' }), 'parameter Owner has no value'],
  ];
  it.each(refusals)('stops at %s that it does not know, and names it', (_, resources, sentence) => {
    expect(() => resolved(resources as never)).toThrow(sentence);
  });
});

/** `${name}`, as Fn::Sub replaces it. */
function placeholder(name: string): string {
  return `\${${name}}`;
}

function log(value: unknown): object {
  return {
    Other: { Type: 'AWS::Logs::LogGroup' },
    Subject: { Type: 'AWS::Logs::LogGroup', Properties: { Value: value } },
  };
}

function resolved(Resources: Readonly<Record<string, object>>): readonly Resource[] {
  const folder = folderWith({
    'Remit.template.json': {
      Parameters: { Stage: { Type: 'String', Default: 'live' }, Owner: { Type: 'String' } },
      Mappings: { Sizes: { live: { memory: 512 } } },
      Conditions: {
        IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] },
        IsNotLiveOrOdd: {
          'Fn::Or': [
            { 'Fn::Not': [{ Condition: 'IsLive' }] },
            { 'Fn::And': [{ Condition: 'IsLive' }, { 'Fn::Equals': ['a', 'b'] }] },
          ],
        },
      },
      Resources,
    },
  });
  const numbers = new Map<string, number>();
  return resolveStacks(readAssembly(folder), {
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:4700',
    versionNumber: ({ parentArn }) => {
      const number = (numbers.get(parentArn) ?? 0) + 1;
      numbers.set(parentArn, number);
      return number;
    },
  });
}

function folderWith(files: Readonly<Record<string, object | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}
