import { describe, expect, it } from 'vitest';
import { amountWords, minorUnits, sizeOf } from './money.ts';

describe('an amount', () => {
  it.each([
    ['84.50', 'EUR', 8_450],
    ['84.5', 'EUR', 8_450],
    ['84', 'EUR', 8_400],
    [' 0.01 ', 'EUR', 1],
    ['-12.30', 'EUR', -1_230],
    ['-0', 'EUR', 0],
    ['1980', 'JPY', 1_980],
    ['1.250', 'KWD', 1_250],
  ])('%j in %s is %d minor units', (text, currency, minor) => {
    expect(minorUnits(text, currency)).toBe(minor);
  });

  it.each([
    ['12,50', 'EUR'],
    ['1,234.50', 'EUR'],
    ['1.234', 'EUR'],
    ['19.5', 'JPY'],
    ['=1+1', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    ['10', 'euro'],
    ['99999999999', 'EUR'],
  ])('%j in %s could be read in two ways or is none', (text, currency) => {
    expect(minorUnits(text, currency)).toBeNull();
  });

  it.each([
    [9_999, 'small'],
    [10_000, 'middle'],
    [100_000, 'middle'],
    [100_001, 'large'],
    [-100_001, 'large'],
  ])('of %d is %s', (minor, size) => {
    expect(sizeOf(minor)).toBe(size);
  });

  it('is written with the digits of its currency', () => {
    expect([amountWords(3_610, 'EUR'), amountWords(240, 'JPY')]).toEqual(['36.10 EUR', '240 JPY']);
  });
});
