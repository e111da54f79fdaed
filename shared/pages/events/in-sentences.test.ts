import { expect, test } from 'vitest';
import { inSentences } from './in-sentences.ts';

test('reasons stay apart on one line', () => {
  expect(inSentences(['match: too few examples', 'It is big.', 'it is late'])).toBe(
    'match: too few examples. It is big. it is late',
  );
});
