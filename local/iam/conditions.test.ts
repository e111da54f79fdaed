import { describe, expect, it } from 'vitest';
import { judgeCondition } from './conditions.ts';

const KEY = 'dynamodb:LeadingKeys';

/** IAM's user guide, pages on condition operators and on multivalued context keys. */
describe('a condition on a key that the call lacks', () => {
  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
  ])('%s is met: %s', (operator, met) => {
    expect(judgeCondition({ operator, key: KEY, values: ['case#1'] }, new Map())).toEqual({ met });
  });
});

it.each(['StringEquals', 'ForAllValues:StringLike', 'Null'])(
  '%s does not judge a key that is not known',
  (operator) => {
    const unknown = 'the condition key aws:PrincipalArn is not known';
    expect(judgeCondition({ operator, key: 'aws:PrincipalArn', values: ['true'] }, new Map())).toEqual({ unknown });
  },
);
