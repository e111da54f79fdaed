import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition } from './parse-condition.ts';
import { parseUpdate } from './parse-update.ts';
import { Placeholders } from './placeholders.ts';
import { parseProjection } from './projection.ts';
import { reservedWords } from './reserved-words.ts';

const words = [
  'a',
  'b.c',
  'd[0]',
  '#n',
  ':v',
  ':s',
  'size(a)',
  'attribute_exists',
  'begins_with',
  'list_append',
  '(',
  ')',
  ',',
  '.',
  '[',
  ']',
  '=',
  '<>',
  '<',
  '<=',
  '+',
  '-',
  'AND',
  'or',
  'NOT',
  'BETWEEN',
  'IN',
  'SET',
  'REMOVE',
  'add',
  'DELETE',
  '0',
  '!',
  '"',
];
const expression = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' '));

const readers = {
  condition: (text: string, placeholders: Placeholders) => parseCondition('ConditionExpression', text, placeholders),
  update: parseUpdate,
  projection: parseProjection,
};

test.each(Object.entries(readers))('any text is a %s or a ValidationException', (_, read) => {
  fc.assert(
    fc.property(fc.oneof(expression, fc.string()), (text) => {
      const placeholders = new Placeholders(
        {
          ConditionExpression: text,
          ExpressionAttributeNames: { '#n': 'name' },
          ExpressionAttributeValues: { ':v': { N: '1' }, ':s': { SS: ['a'] } },
        },
        ['ConditionExpression'],
      );
      expect(outcomeOf(() => read(text, placeholders))).toMatch(/^(object|ValidationException)$/);
    }),
    { numRuns: 2000 },
  );
});

function outcomeOf(work: () => unknown): string {
  try {
    return typeof work();
  } catch (error) {
    return error instanceof Error ? error.name : 'not an error';
  }
}

test('AND binds closer than OR, and NOT closer than both', () => {
  const read = (text: string) => parseCondition('FilterExpression', text, new Placeholders({}, []));
  const exists = (name: string) => `attribute_exists(${name})`;
  const [a, b, c] = ['a', 'b', 'c'].map(exists);
  expect(read(`${a} OR ${b} AND ${c}`)).toEqual(read(`${a} OR (${b} AND ${c})`));
  expect(read(`NOT ${a} AND ${b}`)).toEqual(read(`(NOT ${a}) AND ${b}`));
  expect(read(`${a} OR ${b} AND ${c}`)).not.toEqual(read(`(${a} OR ${b}) AND ${c}`));
});

test('knows the 573 reserved words', () => {
  expect(reservedWords.size).toBe(573);
  expect([...reservedWords].filter((word) => !/^[A-Z_]+$/.test(word))).toEqual([]);
});
