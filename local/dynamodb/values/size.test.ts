import { expect, test } from 'vitest';
import type { AttributeValue } from './attribute-value.ts';
import { itemSizeBytes, valueSizeBytes } from './size.ts';

const sizes: readonly (readonly [AttributeValue, number, string])[] = [
  [{ S: 'grün' }, 5, 'UTF-8 bytes'],
  [{ N: '1234' }, 3, 'a byte for two digits, and one'],
  [{ N: '-12000' }, 3, 'a minus takes one more, zeros at the end none'],
  [{ N: '0.0012' }, 2, 'nor zeros in front'],
  [{ B: 'AQID' }, 3, 'bytes, not base64'],
  [{ B: 'AQ==' }, 1, 'without padding'],
  [{ BOOL: true }, 1, 'one'],
  [{ NULL: true }, 1, 'one'],
  [{ SS: ['a', 'bc'] }, 3, 'the sum of the members'],
  [{ L: [{ S: 'a' }, { S: 'b' }] }, 7, 'three, and one for each entry'],
  [{ M: { key: { S: 'a' } } }, 8, 'three, one for each entry, names and values'],
];

test.each(sizes)('counts %j as %i bytes: %s', (value, bytes) => {
  expect(valueSizeBytes(value)).toBe(bytes);
});

test('counts names and values of an item', () => {
  expect(itemSizeBytes({ id: { S: 'abc' }, n: { N: '1' } })).toBe(2 + 3 + 1 + 2);
});
