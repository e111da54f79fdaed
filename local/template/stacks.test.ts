import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { type Resource, readAssembly, resolveStacks } from './index.ts';

const QUEUE = { Intake: { Type: 'AWS::SQS::Queue' } };
/** A name of the queue for others, as CDK exports what another stack refers to. */
const queueName = (name = 'Platform:QueueName') => ({
  Queue: { Value: { 'Fn::GetAtt': ['Intake', 'QueueName'] }, Export: { Name: name } },
});
const alarmOn = (name: string) => ({
  Age: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { Dimensions: [{ Name: 'QueueName', Value: { 'Fn::ImportValue': name } }] },
  },
});

describe('several stacks', () => {
  it('are one deployment: a value that one exports is the same in another', () => {
    const resources = resolved({
      // It comes first in the folder, and after the other where they are made.
      Alarms: { Resources: alarmOn('Platform:QueueName') },
      Platform: { Resources: QUEUE, Outputs: queueName() },
    });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Intake', 'Age']);
    expect(resources[1]?.properties['Dimensions']).toEqual([{ Name: 'QueueName', Value: 'Platform-Intake' }]);
  });

  it('may have resources of the same logical id, each with a name of its own', () => {
    const resources = resolved({ A: { Resources: QUEUE }, B: { Resources: QUEUE } });
    expect(resources.map(({ attributes }) => attributes['QueueName'])).toEqual(['A-Intake', 'B-Intake']);
  });

  it('find their assets each in its own list', () => {
    const asset = (hash: string) => ({
      files: { [hash]: { source: { path: `asset.${hash}` }, destinations: { here: { objectKey: `${hash}.zip` } } } },
    });
    const folder = folderWith({ A: { Resources: {} }, B: { Resources: {} } });
    writeFileSync(join(folder, 'A.assets.json'), JSON.stringify(asset('abc')));
    writeFileSync(join(folder, 'B.assets.json'), JSON.stringify(asset('def')));
    const { assetPath } = readAssembly(folder);
    expect([assetPath('abc.zip'), assetPath('def.zip')]).toEqual([
      join(folder, 'asset.abc'),
      join(folder, 'asset.def'),
    ]);
  });

  const refusals: readonly [what: string, stacks: Readonly<Record<string, JsonObject>>, sentence: string][] = [
    [
      'an import that nobody exports',
      { A: { Resources: alarmOn('Gone:Name') } },
      'No stack exports Gone:Name, which Age imports',
    ],
    [
      'an export whose condition does not hold',
      {
        A: { Resources: alarmOn('P:Q') },
        P: {
          Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
          Resources: QUEUE,
          Outputs: { Queue: { Value: 'x', Condition: 'Never', Export: { Name: 'P:Q' } } },
        },
      },
      'No stack exports P:Q',
    ],
    [
      'a name that two export',
      { A: { Resources: QUEUE, Outputs: queueName('Q') }, B: { Resources: QUEUE, Outputs: queueName('Q') } },
      'The stacks A and B both export Q',
    ],
    [
      'a circle',
      {
        A: { Resources: { ...QUEUE, ...alarmOn('B:Q') }, Outputs: queueName('A:Q') },
        B: { Resources: { ...QUEUE, ...alarmOn('A:Q') }, Outputs: queueName('B:Q') },
      },
      'import from each other in a circle',
    ],
  ];
  it.each(refusals)('stop the boot at %s', (_what, stacks, sentence) => {
    expect(() => resolved(stacks)).toThrow(sentence);
  });

  it('for different places are refused', () => {
    const folder = folderWith({ A: { Resources: {} }, B: { Resources: {} } });
    const artifact = (name: string, region: string) => ({
      type: 'aws:cloudformation:stack',
      environment: `aws://111111111111/${region}`,
      properties: { templateFile: `${name}.template.json` },
    });
    const artifacts = { A: artifact('A', 'eu-west-1'), B: artifact('B', 'eu-central-1') };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(() => readAssembly(folder)).toThrow('The stacks A and B');
  });
});

it('a stage in the folder is named rather than left out', () => {
  const folder = folderWith({ A: { Resources: {} } });
  const artifacts = { 'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  expect(() => readAssembly(folder)).toThrow('holds the stage assembly-Prod');
});

function resolved(stacks: Readonly<Record<string, JsonObject>>): readonly Resource[] {
  return resolveStacks(readAssembly(folderWith(stacks)), {
    place: { partition: 'aws', region: 'eu-west-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:4700',
    versionNumber: () => 1,
  });
}

function folderWith(stacks: Readonly<Record<string, JsonObject>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const [name, template] of Object.entries(stacks)) {
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(template));
  }
  return folder;
}
