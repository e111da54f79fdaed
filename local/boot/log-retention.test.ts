import { expect, it } from 'vitest';
import { logRetentionDays } from './log-retention.ts';

const group = (days?: number) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: days === undefined ? {} : { RetentionInDays: days },
});

it.each([
  ['no log group', [], null],
  ['groups that agree', [group(90), group(90)], 90],
  ['groups that differ: the longest time', [group(30), group(90)], 90],
  ['a group without end', [group(30), group()], null],
])('reads from the template how long logs are kept: %s', (_what, groups, days) => {
  const template = { Resources: Object.fromEntries(groups.map((one, index) => [`Group${index}`, one])) };
  expect(logRetentionDays({ stacks: [{ name: 'S', template }] })).toBe(days);
});
