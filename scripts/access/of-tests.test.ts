import { expect, test } from 'vitest';
import { mergeAccess } from './of-tests.ts';

const role = (used: string[], neverUsed: string[], roleArn = 'arn:aws:iam::1:role/a') => ({
  ...{ roleArn, principals: ['a'], used, neverUsed },
});

test('an action that one deployment used is not among those that none used', () => {
  const merged = mergeAccess([
    [role(['dynamodb:GetItem'], ['dynamodb:Query', 'ses:SendEmail'])],
    [role(['ses:SendEmail'], ['dynamodb:GetItem', 'dynamodb:Query']), role([], ['sqs:SendMessage'], 'b')],
  ]);
  expect(merged).toEqual([
    role(['dynamodb:GetItem', 'ses:SendEmail'], ['dynamodb:Query']),
    role([], ['sqs:SendMessage'], 'b'),
  ]);
});
