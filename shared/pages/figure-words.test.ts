import { expect, test } from 'vitest';
import { duration, usd } from './figure-words.ts';

test.each([
  [0, '0.0 s'],
  [1_250, '1.3 s'],
  [185_000, '3 min 05 s'],
  [7_800_000, '2 h 10 min'],
  [100_800_000, '1 d 4 h'],
])('%d ms reads %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('writes amounts to three digits that count', () => {
  expect([usd(0), usd(0.000_123_456), usd(1.5)]).toEqual(['0 USD', '0.000123 USD', '1.5 USD']);
});
