import { expect, test } from 'vitest';
import type { Json } from '../../kernel/service.ts';
import { attributeOf } from './attribute-value.ts';
import { parseAttributeMap, parseAttributeValue } from './parse-value.ts';

test('makes numbers and base64 canonical, at every depth', () => {
  expect(parseAttributeMap({ a: { L: [{ N: '1.0' }, { M: { b: { B: 'AR==' } } }] }, c: { NS: ['1E1', '2'] } })).toEqual(
    {
      a: { L: [{ N: '1' }, { M: { b: { B: 'AQ==' } } }] },
      c: { NS: ['10', '2'] },
    },
  );
});

test('takes names that JavaScript objects know something under', () => {
  const json = JSON.parse('{"__proto__": {"S": "own"}, "constructor": {"N": "1"}}') as Json;
  const map = parseAttributeMap(json);
  expect(attributeOf(map, '__proto__')).toEqual({ S: 'own' });
  expect(attributeOf(map, 'constructor')).toEqual({ N: '1' });
  expect(attributeOf(map, 'toString')).toBeUndefined();
  expect(JSON.stringify(map)).toBe('{"__proto__":{"S":"own"},"constructor":{"N":"1"}}');
});

test.each([
  [{ S: 1 }, 'NUMBER_VALUE can not be converted to an String'],
  [{ BOOL: 'true' }, 'STRING_VALUE can not be converted to an Boolean'],
  [{ L: 'a' }, 'a list was expected'],
  [{ M: [] }, 'a map was expected'],
  [{ B: 'a' }, 'Base64'],
  ['text', 'an AttributeValue was expected'],
] as readonly (readonly [Json, string])[])('refuses %j as wrongly serialized', (json, message) => {
  expect(() => parseAttributeValue(json)).toThrow(
    expect.objectContaining({ name: 'SerializationException', message: expect.stringContaining(message) }),
  );
});
