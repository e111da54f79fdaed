import { expect, test } from 'vitest';
import { categoryOf, normalise, wordsOf } from './tokens.ts';

test.each([
  ['Order 4711, 12 pieces', 'order 0000, 12 pieces', 'three digits or more read as zeros'],
  ['Card 4111111111111111', 'card 000000', 'at most six of them'],
  ['ＦＵＬＬ width', 'full width', 'compatibility forms read as plain ones'],
])('normalises %j', (text, expected) => {
  expect(normalise(text)).toBe(expected);
});

test('reads words in which something is hidden as plain ones, and none of it is counted', () => {
  const hidden = `${'\u200b'.repeat(5_000)}My wоrk was del\u00adeted, schön`;
  expect(wordsOf(normalise(hidden))).toEqual(['my', 'work', 'was', 'deleted', 'schön']);
});

test('cuts a text at 4,000 characters', () => {
  expect(normalise('x'.repeat(5_000))).toHaveLength(4_000);
});

test('finds words of any alphabet, with their apostrophes', () => {
  expect(wordsOf("can't größe 日本 x-y")).toEqual(["can't", 'größe', '日本', 'x', 'y']);
});

test('compares categories without case or outer blanks', () => {
  expect([' Acme ', true, 3].map(categoryOf)).toEqual(['acme', 'true', '3']);
});
