import { type AttributeValue, type ReturnValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect } from 'vitest';
import { holdsFor, type Item, invalidBecause, key, put, read, useFixture } from './fixture.ts';

type Values = Record<string, AttributeValue>;
const one: Values = { ':v': { N: '1' } };

export function updateContract(): void {
  describe('updates', () => {
    const fixture = useFixture();

    const send = (Key: Item, UpdateExpression: string, values?: Values, ReturnValues: ReturnValue = 'NONE') =>
      fixture.client.send(
        new UpdateItemCommand({
          TableName: fixture.TableName,
          Key,
          UpdateExpression,
          ReturnValues,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );

    async function update(expression: string, values?: Values, returned: ReturnValue = 'ALL_NEW') {
      await put(fixture, { ...key('u'), ...attributes });
      return (await send(key('u'), expression, values, returned)).Attributes;
    }

    for (const [expression, values, changed] of changes) {
      holdsFor(`applies ${expression} ${values ? JSON.stringify(values) : ''}`, async () => {
        const expected = Object.entries({ ...key('u'), ...attributes, ...changed }).filter(([, value]) => value);
        expect(await update(expression, values)).toEqual(Object.fromEntries(expected));
      });
    }

    holdsFor('removes a set that loses its last member', async () => {
      expect(await update('DELETE tags :v', { ':v': { SS: ['a', 'z'] } })).not.toHaveProperty('tags');
    });

    holdsFor('makes the item when it is not there', async () => {
      expect((await send(key('fresh'), 'SET a = :v', one, 'ALL_NEW')).Attributes).toEqual({
        ...key('fresh'),
        a: { N: '1' },
      });
      await send(key('bare'), 'REMOVE a');
      expect(await read(fixture, key('bare'))).toEqual(key('bare'));
    });

    holdsFor('returns the item or nothing as asked', async () => {
      expect(await update('SET n = :v', one, 'NONE')).toBeUndefined();
      expect(await update('SET n = :v', one, 'ALL_OLD')).toEqual({ ...key('u'), ...attributes });
      expect(await update('SET n = :v, q = :v', one, 'UPDATED_OLD')).toEqual({ n: { N: '5' } });
      expect(await update('SET n = :v REMOVE s', one, 'UPDATED_NEW')).toEqual({ n: { N: '1' } });
    });

    holdsFor('returns only the updated parts of documents', async () => {
      expect(await update('SET m.b.c = :v, l[1] = :v', { ':v': { S: 'x' } }, 'UPDATED_NEW')).toEqual({
        m: { M: { b: { M: { c: { S: 'x' } } } } },
        l: { L: [{ S: 'x' }] },
      });
    });

    holdsFor('counts exactly under 100 racing increments', async () => {
      await Promise.all(Array.from({ length: 100 }, () => send(key('count'), 'ADD n :v', one)));
      expect(await read(fixture, key('count'))).toEqual({ ...key('count'), n: { N: '100' } });
    });

    for (const [expression, values, message] of wrong) {
      holdsFor(`refuses the update "${expression}" ${values ? JSON.stringify(values) : ''}`, async () => {
        expect(await invalidBecause(update(expression, values))).toBe(message);
      });
    }
  });
}

const attributes: Item = {
  n: { N: '5' },
  s: { S: 'text' },
  l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }] },
  m: { M: { a: { N: '1' }, b: { M: { c: { N: '1' } } } } },
  tags: { SS: ['a'] },
};

/** Expression, its values, and what becomes of the attributes; undefined for one that goes. */
const changes: readonly (readonly [string, Values | undefined, Record<string, AttributeValue | undefined>])[] = [
  ['SET a = :v', one, { a: { N: '1' } }],
  ['SET n = n + :v', one, { n: { N: '6' } }],
  ['SET n = :v - n', one, { n: { N: '-4' } }],
  ['SET n = n + :v', { ':v': { N: '0.1' } }, { n: { N: '5.1' } }],
  ['SET a = if_not_exists(n, :v) + :v', one, { a: { N: '6' } }],
  ['SET a = if_not_exists(nope, if_not_exists(absent, :v))', one, { a: { N: '1' } }],
  [
    'SET l = list_append(l, :v)',
    { ':v': { L: [{ S: 'x' }] } },
    { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { S: 'x' }] } },
  ],
  ['SET l = list_append(:v, l)', { ':v': { L: [] } }, { l: attributes['l'] as AttributeValue }],
  ['SET a = s, s = n', undefined, { a: { S: 'text' }, s: { N: '5' } }],
  [
    'SET m.b.c = :v, m.d = :v',
    { ':v': { S: 'x' } },
    { m: { M: { a: { N: '1' }, b: { M: { c: { S: 'x' } } }, d: { S: 'x' } } } },
  ],
  ['SET l[1] = :v', { ':v': { S: 'x' } }, { l: { L: [{ N: '0' }, { S: 'x' }, { N: '2' }] } }],
  [
    'SET l[9] = :a, l[5] = :b',
    { ':a': { S: 'a' }, ':b': { S: 'b' } },
    { l: { L: [{ N: '0' }, { N: '1' }, { N: '2' }, { S: 'b' }, { S: 'a' }] } },
  ],
  ['SET l[7] = :v REMOVE l[0], l[2]', one, { l: { L: [{ N: '1' }, { N: '1' }] } }],
  ['REMOVE l[0], l[1]', undefined, { l: { L: [{ N: '2' }] } }],
  ['REMOVE m.b, m.nope, nope, l[9]', undefined, { m: { M: { a: { N: '1' } } } }],
  ['ADD n :v, fresh :v', { ':v': { N: '-1.5' } }, { n: { N: '3.5' }, fresh: { N: '-1.5' } }],
  ['ADD tags :v', { ':v': { SS: ['a'] } }, {}],
  ['ADD m.c :v', one, { m: { M: { a: { N: '1' }, b: { M: { c: { N: '1' } } }, c: { N: '1' } } } }],
  ['DELETE nope :v', { ':v': { SS: ['a'] } }, {}],
  ['set a = :v add n :v remove s', one, { a: { N: '1' }, n: { N: '6' }, s: undefined }],
];

/** Expression, its values, and the error. */
const wrong: readonly (readonly [string, Values | undefined, string])[] = [
  ['', undefined, 'Invalid UpdateExpression: The expression can not be empty;'],
  ['SET status = :v', one, 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status'],
  ['SET', undefined, 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "SET"'],
  ['FOO a', undefined, 'Invalid UpdateExpression: Syntax error; token: "FOO", near: "FOO a"'],
  ['SET a = :v b = :v', one, 'Invalid UpdateExpression: Syntax error; token: "b", near: ":v b ="'],
  ['SET a == :v', one, 'Invalid UpdateExpression: Syntax error; token: "=", near: "== :v"'],
  ['SET a = :v + :v + :v', one, 'Invalid UpdateExpression: Syntax error; token: "+", near: ":v + :v"'],
  [
    'SET a = :v SET b = :v',
    one,
    'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
  ],
  [
    'SET a = :v, a = :v',
    one,
    'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
  ],
  [
    'SET a = :v REMOVE a.b',
    one,
    'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
  ],
  [
    'SET a.b = :v, a[0] = :v',
    one,
    'Invalid UpdateExpression: Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]',
  ],
  [
    'SET pk = :v',
    one,
    'One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key',
  ],
  [
    'REMOVE sk',
    undefined,
    'One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key',
  ],
  ['SET a = s + :v', one, 'An operand in the update expression has an incorrect data type'],
  [
    'SET a = :v + :w',
    { ':v': { N: '1' }, ':w': { S: 'a' } },
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: +, operand type: S',
  ],
  [
    'DELETE nope.x :v',
    { ':v': { SS: ['a'] } },
    'The document path provided in the update expression is invalid for update',
  ],
  ['SET REMOVE a', undefined, 'Invalid UpdateExpression: Syntax error; token: "REMOVE", near: "SET REMOVE a"'],
  ['SET remove = :v', one, 'Invalid UpdateExpression: Syntax error; token: "remove", near: "SET remove ="'],
  ['SET l[01] = :v', one, 'Invalid UpdateExpression: Syntax error; token: "1", near: "01]"'],
  ['SET a = ((:v))', one, 'Invalid UpdateExpression: The expression has redundant parentheses;'],
  ...['if_not_exists(l, list_append(:v, :v))', 'list_append(list_append(:v, :v), :v)', 'list_append(:v, :v) + n'].map(
    (operand): (typeof wrong)[number] => [
      `SET a = ${operand}`,
      { ':v': { L: [] } },
      'Invalid UpdateExpression: The function is not allowed to be used this way in an expression; function: list_append',
    ],
  ),
  [
    'ADD m :v, m.a :v',
    { ':v': { S: '1' } },
    'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, a]',
  ],
  ['SET a = nope', undefined, 'The provided expression refers to an attribute that does not exist in the item'],
  ['SET nope.x = :v', one, 'The document path provided in the update expression is invalid for update'],
  ['SET s[0] = :v', one, 'The document path provided in the update expression is invalid for update'],
  ['REMOVE nope.x', undefined, 'The document path provided in the update expression is invalid for update'],
  ['ADD s :v', one, 'An operand in the update expression has an incorrect data type'],
  [
    'ADD n :v',
    { ':v': { S: '1' } },
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND',
  ],
  ['DELETE tags :v', { ':v': { NS: ['1'] } }, 'An operand in the update expression has an incorrect data type'],
  [
    'DELETE tags :v',
    one,
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND',
  ],
  ['SET a = list_append(s, :v)', { ':v': { L: [] } }, 'An operand in the update expression has an incorrect data type'],
  [
    'SET a = list_append(:v, l)',
    one,
    'Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append, operand type: N',
  ],
  [
    'SET a = if_not_exists(:v, :v)',
    one,
    'Invalid UpdateExpression: Operator or function requires a document path; operator or function: if_not_exists',
  ],
  [
    'SET a = size(l)',
    undefined,
    'Invalid UpdateExpression: The function is not allowed in an update expression; function: size',
  ],
  ['SET a = foo(l)', undefined, 'Invalid UpdateExpression: Invalid function name; function: foo'],
  [
    'SET team = :v',
    { ':v': { S: '' } },
    'One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.',
  ],
];
