import { describe, expect, test } from 'vitest';
import { functionNames } from '../scripts/build/entries.ts';
import { type Resource, spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();
const functions = Object.entries(template.of('AWS::Lambda::Function')).map(
  ([id, { Properties }]) => [String(Properties['Description']), id, Properties] as const,
);

test('there is one function for each file that is one', () => {
  expect(functions.map(([entry]) => entry).toSorted()).toEqual(functionNames());
});

describe.each(functions)('%s', (_entry, id, properties) => {
  test('runs on the Node of this project, with a time and a memory of its own', () => {
    expect(properties).toMatchObject({
      Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
      Architectures: ['arm64'],
      Timeout: expect.any(Number),
      MemorySize: expect.any(Number),
    });
  });

  test('logs to a group that forgets', () => {
    const { LogGroup: group } = properties['LoggingConfig'] as { LogGroup: { Ref: string } };
    expect(template.all[group.Ref]?.Properties).toMatchObject({ RetentionInDays: 90 });
  });

  test('is called through its alias, by everybody', () => {
    const alias = aliasOf(id);
    const version = Object.keys(template.of('AWS::Lambda::Version')).filter((name) => name.startsWith(id));
    expect(template.all[alias]?.Properties).toMatchObject({ Name: 'live' });
    expect(callersOf(alias).length).toBeGreaterThan(0);
    expect(callersOf(id)).toEqual([]);
    expect(version.flatMap(callersOf)).toEqual([]);
  });
});

test('a source of events is answered message by message', () => {
  expect(Object.values(template.of('AWS::Lambda::EventSourceMapping'))).toMatchObject([
    { Properties: { FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 } } },
  ]);
});

function aliasOf(functionId: string): string {
  const found = Object.entries(template.of('AWS::Lambda::Alias')).find(
    ([, { Properties }]) => spelled(Properties['FunctionName']) === `<${functionId}>`,
  );
  return found?.[0] ?? '';
}

/** What calls a function, a version or an alias: integrations, rules, event sources and state machines. */
function callersOf(id: string): string[] {
  const fields: Readonly<Record<string, string>> = {
    'AWS::ApiGatewayV2::Integration': 'IntegrationUri',
    'AWS::Events::Rule': 'Targets',
    'AWS::Lambda::EventSourceMapping': 'FunctionName',
    'AWS::StepFunctions::StateMachine': 'DefinitionSubstitutions',
  };
  return Object.entries(template.all).flatMap(
    ([caller, { Type: type, Properties: properties }]: [string, Resource]) => {
      const field = fields[type];
      return field !== undefined && JSON.stringify(properties[field]).includes(`"Ref":"${id}"`) ? [caller] : [];
    },
  );
}
