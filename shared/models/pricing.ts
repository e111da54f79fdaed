import type { Usage } from '../contracts/index.ts';

/** US dollars per million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
}

/** List prices of the Anthropic API as published by its maker; look them up again before a budget rests on them. */
export const PRICES_AS_OF = '2026-11-01';
const PRICES: readonly (readonly [prefix: string, price: Price])[] = [
  ['claude-haiku', { input: 1, output: 5, cacheWrite: 1.25, cacheRead: 0.1 }],
  ['claude-sonnet', { input: 3, output: 15, cacheWrite: 3.75, cacheRead: 0.3 }],
  ['claude-opus', { input: 5, output: 25, cacheWrite: 6.25, cacheRead: 0.5 }],
];

/** A model without a known price is costed as the dearest, so that a cap errs on the safe side. */
const DEAREST: Price = { input: 15, output: 75, cacheWrite: 18.75, cacheRead: 1.5 };

export type Tokens = Omit<Usage, 'costUsd'>;

export function priced(model: string, tokens: Tokens): Usage {
  const price = PRICES.find(([prefix]) => model.startsWith(prefix))?.[1] ?? DEAREST;
  const costUsd =
    (tokens.inputTokens * price.input +
      tokens.outputTokens * price.output +
      tokens.cacheWriteTokens * price.cacheWrite +
      tokens.cacheReadTokens * price.cacheRead) /
    1_000_000;
  return { ...tokens, costUsd };
}
