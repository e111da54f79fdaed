import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Synthesized, synthesized } from './testing/synthesized.ts';

const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
const SETTING = 'remit:logRetentionDays';

test('all logs are kept as long as cdk.json says, and no longer', () => {
  const template = synthesized();
  expect(retentions(template)).toEqual(new Set([context[SETTING]]));
  const [functions, groups] = ['AWS::Lambda::Function', 'AWS::Logs::LogGroup'].map((type) => template.of(type));
  // Those of the functions, of the four state machines and of the entrance.
  expect(Object.keys(groups ?? {})).toHaveLength(Object.keys(functions ?? {}).length + 5);
});

test('one setting changes it for all of them', () => {
  expect(retentions(synthesized(undefined, { settings: { [SETTING]: '30' } }))).toEqual(new Set([30]));
});

test.each(['0', '45', '9999', 'never', ''])('%j days are refused, by the name of the setting', (days) => {
  expect(() => synthesized(undefined, { settings: { [SETTING]: days } })).toThrow('logRetentionDays');
});

function retentions(template: Synthesized): Set<unknown> {
  const groups = Object.values(template.of('AWS::Logs::LogGroup'));
  return new Set(groups.map(({ Properties }) => Properties['RetentionInDays']));
}
