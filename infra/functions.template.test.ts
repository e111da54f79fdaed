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

/** Only machines of earlier releases call it, by versions that these have published. */
const EARLIER = 'open-case';

describe.each(functions)('%s', (_entry, _id, properties) => {
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
    expect(template.all[group.Ref]?.Properties).toMatchObject({ RetentionInDays: expect.any(Number) });
  });
});

describe.each(functions.filter(([entry]) => entry !== EARLIER))('%s', (_entry, id) => {
  test('keeps its versions, whatever is deployed later', () => {
    expect(versionsOf(id)).toMatchObject([[expect.any(String), { DeletionPolicy: 'Retain' }]]);
  });

  test('is called by the state machines by its version, by all others through its alias', () => {
    const [version] = versionsOf(id).map(([name]) => name);
    const callers = [...callersOf(version ?? ''), ...callersOf(aliasOf(id))];
    const callsByVersion = callersOf(version ?? '').map((caller) => template.all[caller]?.Type);
    expect(callers.length).toBeGreaterThan(0);
    expect(new Set(callsByVersion)).toEqual(isStep(id) ? new Set(['AWS::StepFunctions::StateMachine']) : new Set());
    expect(callersOf(id)).toEqual([]);
  });

  test('has the alias only where somebody calls it', () => {
    expect(aliasOf(id) === '').toBe(isStep(id));
  });
});

test('a source of events is answered message by message', () => {
  expect(Object.values(template.of('AWS::Lambda::EventSourceMapping'))).toMatchObject([
    { Properties: { FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 } } },
  ]);
});

function isStep(functionId: string): boolean {
  return functionId.startsWith('Steps');
}

function versionsOf(functionId: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.of('AWS::Lambda::Version')).filter(
    ([, { Properties }]) => spelled(Properties['FunctionName']) === `<${functionId}>`,
  );
}

function aliasOf(functionId: string): string {
  const found = Object.entries(template.of('AWS::Lambda::Alias')).find(
    ([, { Properties }]) => Properties['Name'] === 'live' && spelled(Properties['FunctionName']) === `<${functionId}>`,
  );
  return found?.[0] ?? '';
}

/** What calls a function, a version or an alias: integrations, rules, event sources, mail and state machines. */
function callersOf(id: string): string[] {
  const fields: Readonly<Record<string, string>> = {
    'AWS::ApiGatewayV2::Integration': 'IntegrationUri',
    'AWS::Events::Rule': 'Targets',
    'AWS::Lambda::EventSourceMapping': 'FunctionName',
    'AWS::SES::ReceiptRule': 'Rule',
    'AWS::StepFunctions::StateMachine': 'DefinitionSubstitutions',
  };
  return Object.entries(template.all).flatMap(
    ([caller, { Type: type, Properties: properties }]: [string, Resource]) => {
      const field = fields[type];
      return field !== undefined && JSON.stringify(properties[field]).includes(`"Ref":"${id}"`) ? [caller] : [];
    },
  );
}
