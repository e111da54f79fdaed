import { describe, expect, it } from 'vitest';
import { PRICES_AS_OF, priced } from './pricing.ts';

const NONE = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
const MILLION = 1_000_000;

describe('prices', () => {
  it.each([
    ['claude-sonnet-5-5', { inputTokens: 2, outputTokens: 10, cacheWriteTokens: 2.5, cacheReadTokens: 0.1 }],
    ['claude-sonnet-4-6', { inputTokens: 3, outputTokens: 15, cacheWriteTokens: 3.75, cacheReadTokens: 0.3 }],
    ['claude-opus-5-5', { inputTokens: 4, outputTokens: 20, cacheWriteTokens: 5, cacheReadTokens: 0.2 }],
    ['claude-opus-5', { inputTokens: 5, outputTokens: 25, cacheWriteTokens: 6.25, cacheReadTokens: 0.5 }],
    ['claude-haiku-4-5', { inputTokens: 1, outputTokens: 5, cacheWriteTokens: 1.25, cacheReadTokens: 0.1 }],
    ['eu.anthropic.claude-sonnet-5-5-v1:0', { inputTokens: 2, outputTokens: 10 }],
    ['claude-opus-4-20250514', { inputTokens: 15, outputTokens: 75 }],
    ['claude-fable-5-2', { inputTokens: 10, outputTokens: 50, cacheReadTokens: 1 }],
  ])('of %s count each kind of token at its own rate', (model, usdPerMillion) => {
    for (const [kind, usd] of Object.entries(usdPerMillion)) {
      expect(priced(model, { ...NONE, [kind]: MILLION }).costUsd).toBeCloseTo(usd, 9);
    }
  });

  it('of a model that nobody knows are those of the dearest one', () => {
    expect(priced('some-open-model', { ...NONE, inputTokens: MILLION, outputTokens: MILLION }).costUsd).toBe(90);
  });

  it('of a long prompt hold for the whole call where the model has two tariffs, cached parts counted', () => {
    const long = { ...NONE, cacheReadTokens: 100_000, inputTokens: 1, outputTokens: 1_000 };
    expect(priced('claude-haiku-5-5', { ...NONE, inputTokens: 100_000 }).costUsd).toBeCloseTo(0.01, 9);
    expect(priced('claude-haiku-5-5', long).costUsd).toBeCloseTo((100_000 * 0.05 + 0.5 + 2_500) / MILLION, 9);
  });

  it('keep the tokens that they were made of, and have a date', () => {
    expect(priced('claude-sonnet-5-5', { ...NONE, inputTokens: 7 })).toEqual({
      ...NONE,
      inputTokens: 7,
      costUsd: 0.000_014,
    });
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
