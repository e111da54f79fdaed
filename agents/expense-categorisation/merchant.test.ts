import { expect, it } from 'vitest';
import { merchantKey } from './merchant.ts';

it.each([
  ['Petrolane', 'petrolane'],
  ['PETROLANE 0815', 'petrolane'],
  ['Rollo Ride*4F2A', 'rollo ride'],
  ['RÖSTEREI MOLL 311', 'rösterei moll'],
  ['Circuit & Co.', 'circuit & co'],
  ['4711', 'unnamed'],
  ['*X', 'unnamed'],
])('%j is known as %j, whatever its branch, terminal or capitals', (written, key) => {
  expect(merchantKey(written)).toBe(key);
});
