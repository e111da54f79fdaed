import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { ImpatientClock, INSTRUCTIONS, RIGHT_ANSWER, refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import { overloaded, structured } from '../../test/support/fake-anthropic-replies.ts';
import type { Question } from '../ports/index.ts';
import { cascade } from './cascade.ts';
import { claudeTier } from './claude-tier.ts';
import { serialise, train } from './learned/index.ts';
import { learnedTier } from './learned-tier.ts';

const examples = ['late', 'lost', 'broken', 'wrong'].flatMap((what, at) =>
  Array.from({ length: 6 }, (_, n) => ({
    id: `e-${at}-${n}`,
    input: { input: { message: `My parcel ${n} is ${what}` }, sources: {}, signals: {} },
    expected: { action: at < 2 ? 'none' : 'refund' },
  })),
);
const model = serialise(train(examples, { target: 0.9, fields: [{ name: 'action', kind: 'class' }] }));

let fake: FakeAnthropic;
beforeEach(async () => {
  fake = await startFakeAnthropic();
});
afterEach(() => fake.stop());

/** Learned model, fast and smart Claude, as a deployment binds them. */
function judge(given: Partial<Question> = {}) {
  const claude = (name: string) =>
    claudeTier({
      secrets: { anthropicApiKey: async () => FAKE_KEY, webhookSecrets: async () => [] },
      assets: { read: async () => new TextEncoder().encode(INSTRUCTIONS) },
      clock: new ImpatientClock(),
      model: name,
      baseUrl: fake.url,
      chance: () => 0,
    });
  const question = refundQuestion({ input: { message: 'My parcel 7 is lost' }, ...given });
  const models = cascade({
    learned: learnedTier({ read: async () => model }),
    fast: claude('claude-haiku-5-5'),
    smart: claude('claude-sonnet-5-5'),
    deep: claude('claude-opus-5-5'),
  });
  return models.judge({ ...question, workflow: { ...question.workflow, signals: () => ({}) } });
}

describe('the cascade through the client of the service', () => {
  it('asks fast and then smart where the learned model has too few examples, each with what came before', async () => {
    fake.play(
      structured({ ...RIGHT_ANSWER, confidence: 0.99 }, { model: 'claude-haiku-5-5' }),
      structured({ ...RIGHT_ANSWER, confidence: 0.99 }),
    );
    const answer = await judge();
    expect(fake.requests.map(({ body }) => body['model'])).toEqual(['claude-haiku-5-5', 'claude-sonnet-5-5']);
    const [first, second] = fake.requests.map(({ body }) => dataIn(body['messages']));
    expect(first?.otherModels).toMatchObject([
      {
        model: 'learned',
        judgement: { action: 'none' },
        likely: { action: [{ value: 'none' }, { value: 'refund' }] },
        pastCasesAlike: expect.arrayContaining([{ similarity: expect.any(Number), decision: { action: 'none' } }]),
      },
    ]);
    expect(second?.otherModels.map((said) => said['model'])).toEqual(['learned', 'fast']);
    expect(fake.requests.every(({ refused }) => refused === null)).toBe(true);
    expect(answer).toMatchObject({ tier: 'smart', judgement: { action: 'refund' }, confidence: 0 });
    expect(answer.opinions?.map(({ tier, model: name }) => [tier, name])).toEqual([
      ['learned', 'learned:refunds'],
      ['fast', 'claude-haiku-5-5'],
      ['smart', 'claude-sonnet-5-5'],
    ]);
    expect(answer.usage.inputTokens).toBe(1_800);
  });

  it('is as good as down where the service is, with the learned model’s answer as the draft', async () => {
    fake.play(...Array.from({ length: 12 }, overloaded));
    expect(await judge()).toMatchObject({
      ...{ status: 'failed', isDown: true, judgement: { action: 'none' }, usage: { costUsd: 0 } },
    });
  });
});

interface Asked {
  readonly otherModels: readonly Record<string, unknown>[];
}

function dataIn(messages: unknown): Asked {
  const [{ content } = { content: '' }] = messages as readonly { readonly content: string }[];
  return JSON.parse(content.slice(content.indexOf('{'))) as Asked;
}
