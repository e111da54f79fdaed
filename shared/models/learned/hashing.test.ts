import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS, bucketOf, hashEnd, hashMore, hashStart } from './hashing.ts';

test.each([
  ['', 2_872_998_923],
  ['invoice', 3_191_162_947],
])('hashes %j to the value that stored models rely on', (text, expected) => {
  expect(hashEnd(hashStart(text))).toBe(expected);
});

test('hashes a text in parts as it hashes the whole', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (first, second) => {
      expect(hashMore(hashStart(first), second)).toBe(hashStart(first + second));
    }),
  );
});

test('spreads similar words over the buckets', () => {
  const words = Array.from({ length: 2_000 }, (_, i) => `word ${i}`);
  const buckets = new Set(words.map((word) => bucketOf(hashEnd(hashStart(word)))));
  expect(buckets.size).toBeGreaterThan(1_930);
  expect(Math.max(...buckets)).toBeLessThan(BUCKETS);
});
