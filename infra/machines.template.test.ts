import { describe, expect, test } from 'vitest';
import { type Synthesized, spelled, synthesized } from './testing/synthesized.ts';

const template = synthesized();

describe.each(Object.entries(template.of('AWS::StepFunctions::StateMachine')))('machine %s', (id, { Properties }) => {
  const definition = String(Properties['DefinitionString']);

  test('has a value for every placeholder, and no value without one', () => {
    const placeholders = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(placeholders).toEqual(new Set(Object.keys(Properties['DefinitionSubstitutions'] as object)));
  });

  test('ends after ninety days at the latest, one that waits for nobody after half a day', () => {
    const hours = id.includes('Evaluation') ? 12 : 90 * 24;
    expect(JSON.parse(definition)).toMatchObject({ TimeoutSeconds: hours * 3600 });
  });

  test('logs what happens, but neither tokens nor what people wrote', () => {
    const logging = Properties['LoggingConfiguration'] as {
      readonly Destinations: readonly { CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [string] } } }[];
    };
    expect(logging).toMatchObject({ IncludeExecutionData: false, Level: 'ALL' });
    const [group] = logging.Destinations.map((one) => one.CloudWatchLogsLogGroup.LogGroupArn['Fn::GetAtt'][0]);
    expect(template.all[group ?? '']?.Properties).toMatchObject({
      RetentionInDays: 90,
      LogGroupName: expect.stringMatching(/^\/aws\/vendedlogs\/states\//),
    });
  });

  test('is a standard one: it waits, for people or for long work', () => {
    expect(Properties['StateMachineType']).toBe('STANDARD');
  });

  test('calls versions alone, so that what waits goes on as it began', () => {
    const called = Object.values(Properties['DefinitionSubstitutions'] as object).map(
      (value) => template.all[spelled(value).slice(1, -1)]?.Type,
    );
    expect(new Set(called)).toEqual(
      new Set(['AWS::Lambda::Version', ...(id.includes('Case') ? ['AWS::StepFunctions::StateMachineVersion'] : [])]),
    );
  });

  test('is published as a version that stays', () => {
    expect(template.all[versionOf(template, id)]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('is published anew when it has changed, and only then', () => {
    const changed = synthesized(undefined, { code: 'another build of the function that measures' });
    expect(versionOf(synthesized(), id)).toBe(versionOf(template, id));
    expect(versionOf(changed, id) === versionOf(template, id)).toBe(!id.includes('Evaluation'));
  });
});

test('new cases begin by the newest version of their machine', () => {
  const machine = Object.keys(template.of('AWS::StepFunctions::StateMachine')).find((id) => id.includes('Case'));
  const aliases = Object.entries(template.of('AWS::StepFunctions::StateMachineAlias'));
  expect(aliases.map(([, { Properties }]) => Properties)).toEqual([
    {
      Name: 'live',
      RoutingConfiguration: [{ StateMachineVersionArn: { Ref: versionOf(template, machine ?? '') }, Weight: 100 }],
    },
  ]);
  const startCase = Object.values(template.of('AWS::Lambda::Function')).find(
    ({ Properties: { Description } }) => Description === 'start-case',
  );
  expect(startCase?.Properties['Environment']).toMatchObject({
    Variables: { REMIT_CASE_MACHINE_ARN: { Ref: versionOf(template, machine ?? '') } },
  });
  // What is deployed before starts its own version until it is gone; by the alias it would start one that it does not know.
  expect(aliases[0]?.[1]).toMatchObject({
    DependsOn: expect.arrayContaining([expect.stringMatching(/^IntakeStartCaseLive/)]),
  });
});

function versionOf(of: Synthesized, machineId: string): string {
  const found = Object.entries(of.of('AWS::StepFunctions::StateMachineVersion')).filter(
    ([, { Properties }]) => spelled(Properties['StateMachineArn']) === `<${machineId}>`,
  );
  expect(found).toHaveLength(1);
  return found[0]?.[0] ?? '';
}
