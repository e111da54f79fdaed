import { describe, expect, test } from 'vitest';
import { synthesized } from './testing/synthesized.ts';

const template = synthesized();

describe.each(Object.entries(template.of('AWS::StepFunctions::StateMachine')))('machine %s', (_id, { Properties }) => {
  const definition = String(Properties['DefinitionString']);

  test('has a value for every placeholder, and no value without one', () => {
    const placeholders = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(placeholders).toEqual(new Set(Object.keys(Properties['DefinitionSubstitutions'] as object)));
  });

  test('ends after ninety days at the latest', () => {
    expect(JSON.parse(definition)).toMatchObject({ TimeoutSeconds: 90 * 24 * 3600 });
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

  test('is a standard one: it waits for people', () => {
    expect(Properties['StateMachineType']).toBe('STANDARD');
  });
});
