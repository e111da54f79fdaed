import { expect, it } from 'vitest';
import { addUsage, NO_USAGE } from './usage.ts';

it('adds usage field by field', () => {
  const one = { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4, costUsd: 0.5 };
  expect(addUsage(one, one)).toEqual({
    ...{ inputTokens: 2, outputTokens: 4, cacheReadTokens: 6, cacheWriteTokens: 8, costUsd: 1 },
  });
  expect(addUsage(one, NO_USAGE)).toEqual(one);
});
