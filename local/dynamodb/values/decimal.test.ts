import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addNumbers, canonicalNumber, compareNumbers, subtractNumbers } from './decimal.ts';

describe('numbers', () => {
  test.each([
    ['1E2', '100'],
    ['-0.00', '0'],
    ['007.50', '7.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+1', '1'],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['9.9E125', `99${'0'.repeat(124)}`],
    ['0e999', '0'],
  ])('writes %s as %s', (text, plain) => {
    expect(canonicalNumber(text)).toBe(plain);
  });

  test.each(['', ' 1', 'abc', '.', '1e', '0x1', 'NaN', 'Infinity', '1,5'])('refuses "%s" as no number', (text) => {
    expect(() => canonicalNumber(text)).toThrow('cannot be converted to a numeric value');
  });

  test.each([
    ['1'.repeat(39), 'more than 38 significant digits'],
    ['1E126', 'Number overflow'],
    ['-1E126', 'Number overflow'],
    ['1E-131', 'Number underflow'],
  ])('refuses %s', (text, message) => {
    expect(() => canonicalNumber(text)).toThrow(message);
  });

  test('keeps 38 digits exactly', () => {
    const digits = '12345678901234567890123456789012345678';
    expect(canonicalNumber(digits)).toBe(digits);
    expect(addNumbers('10000000000000000000000000000000000000', '1')).toBe('10000000000000000000000000000000000001');
    expect(() => addNumbers('9'.repeat(38), '0.1')).toThrow('more than 38 significant digits');
  });

  test('adds and subtracts as fractions of integers do', () => {
    fc.assert(
      fc.property(scaled, scaled, (left, right) => {
        const [a, b] = [plain(left), plain(right)];
        expect(addNumbers(a, b)).toBe(plain({ units: left.units + right.units }));
        expect(subtractNumbers(a, b)).toBe(plain({ units: left.units - right.units }));
        expect(Math.sign(compareNumbers(a, b))).toBe(left.units < right.units ? -1 : left.units > right.units ? 1 : 0);
      }),
    );
  });
});

/** An integer number of 10^-12. */
const scaled = fc.record({ units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }) });

function plain({ units }: { units: bigint }): string {
  const digits = String(units < 0n ? -units : units).padStart(13, '0');
  return canonicalNumber(`${units < 0n ? '-' : ''}${digits.slice(0, -12)}.${digits.slice(-12)}`);
}
