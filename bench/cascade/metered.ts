import { claudeTier } from '../../shared/models/claude-tier.ts';
import { FAKE_KEY, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { structured } from '../../test/support/fake-anthropic-replies.ts';
import type { UnseenCase } from './unseen.ts';

/** Averages over the calls. */
export interface CallCost {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly averageUsd: number;
}

/** English text and JSON have about as many bytes to a token; the models' own count differs by some percent. */
const BYTES_PER_TOKEN = 3.5;

/** Thoughts at medium effort before the answer, which costs like output. Nobody has measured it for this workflow. */
const THOUGHT_TOKENS = 400;

/**
 * Asks about each case through the deployed client and a stand-in of the service that counts the bytes of what it is sent
 * and of the right answer. Nothing counts as cached: the part that stays the same is shorter than the service caches.
 */
export async function meteredCalls(
  model: string,
  cases: readonly UnseenCase[],
  { instructions, isTold }: { readonly instructions: Uint8Array; readonly isTold: boolean },
): Promise<CallCost> {
  const fake = await startFakeAnthropic();
  const tier = claudeTier({
    secrets: { anthropicApiKey: async () => FAKE_KEY, webhookSecrets: async () => [] },
    assets: { read: async () => instructions },
    clock: { nowMs: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    model,
    baseUrl: fake.url,
  });
  const sum = { inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const { question, expected, learned } of cases) {
    const answer = {
      judgement: expected,
      reasons: REASONS,
      confidence: 0.9,
      doubts: [],
      cites: question.agent.sources,
    };
    fake.serve(({ body }) => structured(answer, { model, usage: usageOf(body, answer) }));
    const said = await tier(question, { rule: { tier: 'smart' }, earlier: isTold ? [learned] : [] });
    if (said?.status !== 'answered') throw new Error(`The stand-in was not understood: ${said?.doubts.join(' ')}`);
    sum.inputTokens += said.usage.inputTokens;
    sum.outputTokens += said.usage.outputTokens;
    sum.costUsd += said.usage.costUsd;
  }
  await fake.stop();
  const { length: calls } = cases;
  return {
    calls,
    inputTokens: sum.inputTokens / calls,
    outputTokens: sum.outputTokens / calls,
    averageUsd: sum.costUsd / calls,
  };
}

/** As long as reasons usually are. */
const REASONS = [
  'The title is that of somebody who decides what is bought.',
  'The directory lists a system that we integrate with.',
  'The message asks for a demo and names the people who would take part.',
];

function usageOf(body: object, answer: object) {
  const { model: _model, max_tokens: _most, ...prompt } = body as Record<string, unknown>;
  return {
    input_tokens: tokensIn(prompt),
    output_tokens: THOUGHT_TOKENS + tokensIn(answer),
  };
}

function tokensIn(value: unknown): number {
  return Math.ceil(Buffer.byteLength(JSON.stringify(value)) / BYTES_PER_TOKEN);
}
