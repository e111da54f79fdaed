import type { Usage } from '../contracts/index.ts';

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** Into the cache of five minutes, the only one that is written to. */
  readonly cacheWrite: number;
  readonly cacheRead: number;
}

export type Tokens = Omit<Usage, 'costUsd'>;

/** List prices of the Anthropic API in the default region; look them up again before a budget rests on them. */
export const PRICES_AS_OF = '2026-11-23';
export const PRICES_SOURCE = 'https://platform.claude.com/docs/en/about-claude/pricing';

/** What a call cost. A model without a known price is costed as the dearest, so that a cap errs on the safe side. */
export function priced(model: string, tokens: Tokens): Usage {
  const price = priceOf(model, tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWriteTokens);
  const costUsd =
    (tokens.inputTokens * price.input +
      tokens.outputTokens * price.output +
      tokens.cacheWriteTokens * price.cacheWrite +
      tokens.cacheReadTokens * price.cacheRead) /
    1_000_000;
  return { ...tokens, costUsd };
}

function priceOf(model: string, promptTokens: number): Price {
  const tariff = TARIFFS.find(([name]) => model.includes(name))?.[1];
  if (tariff === undefined) return DEAREST;
  const { long } = tariff;
  return long !== undefined && promptTokens > long.aboveTokens ? long.price : tariff.price;
}

interface Tariff {
  readonly price: Price;
  /** The price of the whole call where its prompt, cached parts included, is longer than that. */
  readonly long?: { readonly aboveTokens: number; readonly price: Price };
}

const OLD_OPUS = price(15, 75, 1.5);
const DEAREST = OLD_OPUS;

/** By a part of the model's id, which Bedrock puts between a region and a version; the first that fits counts. */
const TARIFFS: readonly (readonly [name: string, tariff: Tariff])[] = [
  ['claude-haiku-5-5', { price: price(0.1, 0.5, 0.01), long: { aboveTokens: 100_000, price: price(0.5, 2.5, 0.05) } }],
  ['claude-haiku', { price: price(1, 5, 0.1) }],
  ['claude-sonnet-5-5', { price: price(2, 10, 0.1) }],
  ['claude-sonnet-5', { price: price(2, 10, 0.2) }],
  ['claude-sonnet', { price: price(3, 15, 0.3) }],
  ['claude-opus-5-5', { price: price(4, 20, 0.2) }],
  ['claude-opus-4-1', { price: OLD_OPUS }],
  ['claude-opus-4-0', { price: OLD_OPUS }],
  ['claude-opus-4-2', { price: OLD_OPUS }],
  ['claude-opus', { price: price(5, 25, 0.5) }],
  ['claude-fable-5-1', { price: price(10, 50, 0.25) }],
  ['claude-mythos-5-1', { price: price(10, 50, 0.25) }],
  ['claude-fable', { price: price(10, 50, 1) }],
  ['claude-mythos', { price: price(10, 50, 1) }],
];

/** Writing to the cache costs a quarter more than reading afresh, for every model. */
function price(input: number, output: number, cacheRead: number): Price {
  return { input, output, cacheRead, cacheWrite: input * 1.25 };
}
