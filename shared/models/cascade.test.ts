import { describe, expect, it } from 'vitest';
import { refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer } from '../ports/index.ts';
import { failedAnswer, type Tier } from './answer.ts';
import { cascade } from './cascade.ts';

const ANSWER: ModelAnswer = {
  ...{ status: 'answered', tier: 'smart', model: 'claude-sonnet-5-5', confidence: 0.8, fields: [] },
  ...{
    judgement: { action: 'refund' },
    reasons: [],
    ...{ cites: null, attempts: [], cap: null },
    doubts: ['Look at the amount.'],
    usage: { ...NO_USAGE, costUsd: 0.01 },
  },
};

function learned(action: string | null, confidence: number, threshold: number | null): ModelAnswer {
  const judgement = action === null ? null : { action };
  const fields = [{ field: 'action', confidence, threshold, because: [] }];
  return { ...ANSWER, tier: 'learned', model: 'learned:refunds', judgement, fields, doubts: [], usage: NO_USAGE };
}

const says =
  (answer: ModelAnswer | null): Tier =>
  async () =>
    answer;
const breaks: Tier = () => Promise.reject(new Error('not a model'));

function judged(tiers: { learned: Tier; claude: Tier }): Promise<ModelAnswer> {
  return cascade(tiers).judge(refundQuestion());
}

describe('the cascade', () => {
  it('is decided by the learned model where Claude is not configured', async () => {
    const answer = learned('none', 0.9, 0.7);
    expect(await judged({ learned: says(answer), claude: says(null) })).toBe(answer);
  });

  it('fails where no model is configured', async () => {
    expect(await judged({ learned: says(null), claude: says(null) })).toMatchObject({
      status: 'failed',
      tier: 'learned',
    });
  });

  it.each([
    ['agrees', learned('refund', 0.9, 0.7)],
    ['is not sure enough', learned('none', 0.6, 0.7)],
    ['may not decide that field', learned('none', 0.99, null)],
    ['has nothing to say', learned(null, 0, 0.7)],
    ['is not there', null],
  ])('takes the answer of Claude as it is where the learned model %s', async (_why, second) => {
    expect(await judged({ learned: says(second), claude: says(ANSWER) })).toEqual(ANSWER);
  });

  it('makes a doubt of what the learned model is sure of and sees otherwise', async () => {
    const answer = await judged({ learned: says(learned('none', 0.7, 0.7)), claude: says(ANSWER) });
    expect(answer).toEqual({
      ...ANSWER,
      doubts: ['Look at the amount.', 'The learned model is sure of another answer for action: "none".'],
    });
  });

  it('lets nothing that the learned model cannot know count against Claude, once people told more', async () => {
    const tiers = { learned: says(learned('none', 0.99, 0.7)), claude: says(ANSWER) };
    const notes = [{ by: 'lead@remit.example', atMs: 1, text: 'It came.' }];
    expect(await cascade(tiers).judge(refundQuestion({ notes }))).toEqual(ANSWER);
  });

  it('keeps what Claude said and cost, with a doubt, where the learned model breaks', async () => {
    const answer = await judged({ learned: breaks, claude: says(ANSWER) });
    expect(answer).toMatchObject({ judgement: ANSWER.judgement, usage: ANSWER.usage });
    expect(answer.doubts).toContain('The learned model could not be used.');
  });

  it('does not let the learned model decide where Claude failed', async () => {
    const failed = failedAnswer('smart', 'claude-sonnet-5-5', 'The model service is overloaded (status 529).');
    expect(await judged({ learned: says(learned('none', 0.99, 0.7)), claude: says(failed) })).toEqual(failed);
  });

  it('fails where the learned model breaks and Claude is not configured', async () => {
    expect(await judged({ learned: breaks, claude: says(null) })).toMatchObject({ status: 'failed', judgement: null });
  });
});
