import { type AttributeValue, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { type Fixture, holdsFor, invalidBecause, key, put, refusal, useFixture } from './fixture.ts';

type Values = Record<string, AttributeValue>;
const one: Values = { ':v': { N: '1' } };
const text: Values = { ':v': { S: 'ab' } };

export function conditionContract(): void {
  describe('conditions', () => {
    const fixture = useFixture();

    const check = (expression: string, values?: Values) => checkOn(fixture, expression, values);

    for (const [expression, values, expected] of outcomes) {
      holdsFor(`${expected ? 'holds' : 'fails'}: ${expression} ${values ? JSON.stringify(values) : ''}`, async () => {
        expect(await check(expression, values)).toBe(expected);
      });
    }

    for (const [expression, values, message] of wrong) {
      holdsFor(`refuses the condition "${expression}" ${values ? JSON.stringify(values) : ''}`, async () => {
        expect(await invalidBecause(check(expression, values))).toBe(`Invalid ConditionExpression: ${message}`);
      });
    }
  });
}

export function conditionUseContract(): void {
  describe('conditions on writes', () => {
    const fixture = useFixture();

    holdsFor('refuses names and values that no expression uses', async () => {
      expect(await invalidBecause(checkOn(fixture, 'a = :v', { ...one, ':w': { N: '2' } }))).toBe(
        'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}',
      );
      expect(await invalidBecause(checkOn(fixture, 'a = :v', one, { '#w': 'x' }))).toBe(
        'Value provided in ExpressionAttributeNames unused in expressions: keys: {#w}',
      );
    });

    holdsFor('refuses values without an expression, empty ones and ones without a colon', async () => {
      const putWith = (more: object) =>
        invalidBecause(
          fixture.client.send(new PutItemCommand({ TableName: fixture.TableName, Item: key('v'), ...more })),
        );
      expect(await putWith({ ExpressionAttributeValues: one })).toBe(
        'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
      );
      expect(await putWith({ ConditionExpression: 'a = :v', ExpressionAttributeValues: {} })).toBe(
        'ExpressionAttributeValues must not be empty',
      );
      expect(await putWith({ ConditionExpression: 'a = :v', ExpressionAttributeValues: { v: { N: '1' } } })).toBe(
        'ExpressionAttributeValues contains invalid key: Syntax error; key: "v"',
      );
    });

    holdsFor('shows the item of a failed condition when asked', async () => {
      await put(fixture, { ...key('guarded'), v: { N: '1' } });
      const guarded = (ReturnValuesOnConditionCheckFailure: 'ALL_OLD' | 'NONE') =>
        refusal(
          fixture.client.send(
            new PutItemCommand({
              TableName: fixture.TableName,
              Item: key('guarded'),
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure,
            }),
          ),
        );
      expect(await guarded('ALL_OLD')).toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        fields: { Item: { ...key('guarded'), v: { N: '1' } } },
      });
      expect((await guarded('NONE')).fields).toMatchObject({ Item: undefined });
    });

    holdsFor('lets one of many racing writers through', async () => {
      const attempt = () =>
        fixture.client.send(
          new PutItemCommand({
            TableName: fixture.TableName,
            Item: key('race'),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, attempt));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await refusal(attempt())).name).toBe('ConditionalCheckFailedException');
    });
  });
}

const stored = {
  ...key('c'),
  n: { N: '10' },
  s: { S: 'abc' },
  l: { L: [{ S: 'ab' }, { N: '1' }] },
  m: { M: { x: { N: '1' } } },
  tags: { SS: ['ab', 'b'] },
  yes: { BOOL: true },
  bin: { B: Uint8Array.of(1, 2, 3) },
};

/** Expression, its values, and whether it holds for the stored item. */
const outcomes: readonly (readonly [string, Values | undefined, boolean])[] = [
  ['n = :v', { ':v': { N: '10.0' } }, true],
  ['n = :v', { ':v': { S: '10' } }, false],
  ['n <> :v', { ':v': { S: '10' } }, true],
  ['n > :v', { ':v': { N: '9' } }, true],
  ['s > :v', { ':v': { S: 'abB' } }, true],
  ['s < :v', one, false],
  ['nope <> :v', one, true],
  ['nope = absent', undefined, false],
  ['nope <> absent', undefined, true],
  ['nope < :v', one, false],
  ['NOT nope < :v', one, true],
  ['n BETWEEN :a AND :b', { ':a': { N: '2' }, ':b': { N: '10' } }, true],
  ['n IN (:v, :w)', { ':v': { N: '1' }, ':w': { N: '10' } }, true],
  ['s IN (:v)', one, false],
  ['attribute_exists(m.x) AND attribute_not_exists(m.y)', undefined, true],
  ['attribute_exists(l[1]) AND attribute_not_exists(l[2])', undefined, true],
  ['attribute_type(tags, :v)', { ':v': { S: 'SS' } }, true],
  ['attribute_type(nope, :v)', { ':v': { S: 'S' } }, false],
  ['begins_with(s, :v)', text, true],
  ['begins_with(n, :v)', text, false],
  ['begins_with(bin, :v)', { ':v': { B: Uint8Array.of(1, 2) } }, true],
  ['contains(s, :v)', { ':v': { S: 'bc' } }, true],
  ['contains(tags, :v)', text, true],
  ['contains(l, :v)', one, true],
  ['contains(n, :v)', one, false],
  ['size(s) = :v', { ':v': { N: '3' } }, true],
  ['size(tags) >= size(m)', undefined, true],
  ['size(n) > :v', { ':v': { N: '-1' } }, false],
  ['yes = :v', { ':v': { BOOL: true } }, true],
  ['tags = :v', { ':v': { SS: ['b', 'ab'] } }, true],
  ['m = :v', { ':v': { M: { x: { N: '1.0' } } } }, true],
  ['nope = :v OR n = :w AND s = :x', { ':v': { N: '1' }, ':w': { N: '10' }, ':x': { S: 'abc' } }, true],
  ['(nope = :v OR n = :w) AND NOT s = :x', { ':v': { N: '1' }, ':w': { N: '10' }, ':x': { S: 'abc' } }, false],
  ['not n = :v or n = :v', one, true],
];

/** Expression, its values, and what is wrong with it. */
const wrong: readonly (readonly [string, Values | undefined, string])[] = [
  ['', undefined, 'The expression can not be empty;'],
  ['foo', undefined, 'Syntax error; token: "<EOF>", near: "foo"'],
  ['a = :v AND', one, 'Syntax error; token: "<EOF>", near: "AND"'],
  ['a = :v b', one, 'Syntax error; token: "b", near: ":v b"'],
  ['a IN ()', undefined, 'Syntax error; token: ")", near: "()"'],
  ['a-b = :v', one, 'Syntax error; token: "-", near: "a-b"'],
  ['_a = :v', one, 'Syntax error; token: "_", near: "_a"'],
  ['a[x] = :v', one, 'Syntax error; token: "x", near: "[x]"'],
  ['status = :v', one, 'Attribute name is a reserved keyword; reserved keyword: status'],
  ['m.Name = :v', one, 'Attribute name is a reserved keyword; reserved keyword: Name'],
  ['a = :w', undefined, 'An expression attribute value used in expression is not defined; attribute value: :w'],
  ['#a = :v', one, 'An expression attribute name used in the document path is not defined; attribute name: #a'],
  [
    'pk = pk',
    undefined,
    'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [pk]',
  ],
  [
    'begins_with(a, :v)',
    one,
    'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
  ],
  [
    'begins_with(a)',
    undefined,
    'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1',
  ],
  [
    'attribute_exists(:v)',
    one,
    'Operator or function requires a document path; operator or function: attribute_exists',
  ],
  ['size(a)', undefined, 'The function is not allowed to be used this way in an expression; function: size'],
  [
    'attribute_exists(a) = :v',
    one,
    'The function is not allowed to be used this way in an expression; function: attribute_exists',
  ],
  ['foo(a)', undefined, 'Invalid function name; function: foo'],
  ['if_not_exists(a, b)', undefined, 'The function is not allowed in a condition expression; function: if_not_exists'],
  [
    'a > :v',
    { ':v': { BOOL: true } },
    'Incorrect operand type for operator or function; operator or function: >, operand type: BOOL',
  ],
  [
    'a BETWEEN :a AND :b',
    { ':a': { N: '3' }, ':b': { N: '1' } },
    'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:3}, upper bound operand: AttributeValue: {N:1}',
  ],
  ['((a = :v))', one, 'The expression has redundant parentheses;'],
];

/** Whether an update of the stored item passes the condition. */
async function checkOn(
  fixture: Fixture,
  expression: string,
  values?: Values,
  names?: Record<string, string>,
): Promise<boolean> {
  await put(fixture, stored);
  const update = new UpdateItemCommand({
    TableName: fixture.TableName,
    Key: key('c'),
    ConditionExpression: expression,
    ...(values && { ExpressionAttributeValues: values }),
    ...(names && { ExpressionAttributeNames: names }),
  });
  try {
    await fixture.client.send(update);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}
