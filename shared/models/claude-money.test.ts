import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAnthropic, startFakeAnthropic } from '../../test/support/fake-anthropic.ts';
import { askClaude, ImpatientClock, RIGHT_ANSWER } from '../../test/support/fake-anthropic-case.ts';
import { overloaded, type Reply, structured } from '../../test/support/fake-anthropic-replies.ts';
import type { Purse } from '../ports/index.ts';

const USAGE = {
  input_tokens: 100,
  output_tokens: 200,
  cache_read_input_tokens: 3_000,
  cache_creation_input_tokens: 500,
};
/** By the price sheet of Sonnet 5.5: 2 and 10 USD a million, 0.10 for what is read from the cache, 2.50 for what is written. */
const COST_USD = (100 * 2 + 200 * 10 + 3_000 * 0.1 + 500 * 2.5) / 1_000_000;
const GOOD = structured(RIGHT_ANSWER, { usage: USAGE });
const WRONG = structured({ nothing: true }, { usage: USAGE });

let fake: FakeAnthropic;
beforeEach(async () => {
  fake = await startFakeAnthropic();
});
afterEach(() => fake.stop());

/** A purse with so much money, and what went through it. */
class CountedPurse implements Purse {
  leftUsd: number;
  readonly asked: number[] = [];
  readonly spent: number[] = [];

  constructor(leftUsd: number) {
    this.leftUsd = leftUsd;
  }

  async reserve(mostUsd: number) {
    this.asked.push(mostUsd);
    if (mostUsd > this.leftUsd) return { kind: 'refused' as const, cap: 'spend-a-day', words: 'No money is left.' };
    this.leftUsd -= mostUsd;
    const settle = async (spentUsd: number): Promise<void> => {
      this.spent.push(spentUsd);
      this.leftUsd += mostUsd - spentUsd;
    };
    return { kind: 'reserved' as const, settle };
  }
}

async function play(purse: Purse, ...script: readonly Reply[]) {
  fake.play(...script);
  return askClaude(fake.url, { question: { purse } });
}

describe('the money of a question to Claude', () => {
  it('is set aside before the call, and corrected to the cent by the price sheet after it', async () => {
    const purse = new CountedPurse(1);
    const answer = await play(purse, GOOD);
    expect(answer?.usage.costUsd).toBeCloseTo(COST_USD, 12);
    expect(purse.spent).toEqual([answer?.usage.costUsd]);
    expect(purse.leftUsd).toBeCloseTo(1 - COST_USD, 12);
    expect(purse.asked[0]).toBeGreaterThan((8_192 * 10) / 1_000_000);
  });

  it('that is not there means that no model is asked, and a person is told which limit it was', async () => {
    const purse = new CountedPurse(0.01);
    expect(await play(purse)).toMatchObject({
      ...{ status: 'failed', judgement: null, cap: 'spend-a-day', doubts: ['No money is left.'] },
      usage: { costUsd: 0 },
    });
    expect(fake.requests).toEqual([]);
  });

  it('is asked for before every try, and a try that certainly cost nothing gives it back', async () => {
    const purse = new CountedPurse(0.2);
    const clock = new ImpatientClock();
    fake.play(overloaded(), overloaded(), GOOD);
    const answer = await askClaude(fake.url, { question: { purse }, ports: { clock } });
    expect(answer?.status).toBe('answered');
    expect(purse.spent).toEqual([0, 0, COST_USD]);
  });

  it('that runs out before the repair of an answer ends it there, with what the first one cost', async () => {
    const most = new CountedPurse(1);
    await play(most, GOOD);
    const purse = new CountedPurse((most.asked[0] ?? 0) + COST_USD / 2);
    const answer = await play(purse, WRONG);
    expect(answer).toMatchObject({ status: 'failed', cap: 'spend-a-day' });
    expect(answer?.usage.costUsd).toBeCloseTo(COST_USD, 12);
    expect(answer?.attempts).toEqual(['{"nothing":true}']);
  });

  it('that cannot be set aside means that no model is asked', async () => {
    const broken: Purse = { reserve: () => Promise.reject(new Error('the table is gone')) };
    const answer = await play(broken);
    expect(answer).toMatchObject({ status: 'failed', cap: null, usage: { costUsd: 0 } });
    expect(answer?.doubts).toEqual(['The money for this question could not be set aside.']);
    expect(fake.requests).toEqual([]);
  });

  it('that cannot be corrected stays set aside, and the answer is not lost', async () => {
    const purse: Purse = {
      reserve: async () => ({ kind: 'reserved', settle: () => Promise.reject(new Error('the table is gone')) }),
    };
    expect(await play(purse, GOOD)).toMatchObject({ status: 'answered' });
  });

  it('totals are the sum of their parts', async () => {
    const purse = new CountedPurse(1);
    const answer = await play(purse, WRONG, GOOD);
    expect(answer?.usage).toMatchObject({
      ...{ inputTokens: 200, outputTokens: 400, cacheReadTokens: 6_000, cacheWriteTokens: 1_000 },
    });
    expect(purse.spent.reduce((sum, part) => sum + part, 0)).toBeCloseTo(answer?.usage.costUsd ?? 0, 12);
  });
});
