import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalNumber, compareNumbers } from '../values/decimal.ts';
import { encodeKeyValue, successorOfPrefix } from './encode-key.ts';

/** Any number that DynamoDB can hold, dense around zero and with long shared prefixes. */
const number = fc
  .record({
    isNegative: fc.boolean(),
    digits: fc.stringMatching(/^[0-9]{1,20}(0{1,10}[0-9]{1,8})?$/),
    exponent: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -90, max: 80 })),
  })
  .map(({ isNegative, digits, exponent }) => canonicalNumber(`${isNegative ? '-' : ''}${digits}E${exponent}`));

describe('keys as bytes', () => {
  test('are in the order of numbers', () => {
    fc.assert(
      fc.property(number, number, (left, right) => {
        const order = Buffer.compare(encodeKeyValue({ N: left }), encodeKeyValue({ N: right }));
        expect(order).toBe(Math.sign(compareNumbers(left, right)));
      }),
      { numRuns: 2000 },
    );
  });

  test('are in the order of numbers that share their first digits', () => {
    const sorted = [
      '-1.001',
      '-1.0001',
      '-1',
      '-0.5',
      '-1E-130',
      '0',
      '1E-130',
      '0.5',
      '1',
      '1.0001',
      '1.001',
      '1E125',
    ];
    const encoded = sorted.map((text) => encodeKeyValue({ N: canonicalNumber(text) }));
    expect([...encoded].sort(Buffer.compare)).toEqual(encoded);
  });

  test('are in the order of code points, not of UTF-16', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        const order = Buffer.compare(encodeKeyValue({ S: left }), encodeKeyValue({ S: right }));
        expect(order).toBe(byCodePoint(left, right));
      }),
    );
  });

  test('with a prefix are all those from it up to its successor', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 6 }), (prefix, bytes) => {
        const successor = successorOfPrefix(prefix);
        const isInside =
          Buffer.compare(bytes, prefix) >= 0 && (successor === null || Buffer.compare(bytes, successor) < 0);
        expect(isInside).toBe(Buffer.from(bytes.subarray(0, prefix.length)).equals(prefix));
      }),
      { numRuns: 2000 },
    );
  });
});

function byCodePoint(left: string, right: string): number {
  const [a, b] = [[...left], [...right]].map((text) => text.map((character) => character.codePointAt(0) ?? 0));
  for (const [at, code] of (a ?? []).entries()) {
    const other = b?.[at];
    if (other === undefined) return 1;
    if (code !== other) return code < other ? -1 : 1;
  }
  return (a?.length ?? 0) === (b?.length ?? 0) ? 0 : -1;
}
