import { describe, expect, it } from 'vitest';
import { refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import type { TierRule } from '../authoring/index.ts';
import type { PastOpinion } from '../contracts/index.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { ModelAnswer, Question } from '../ports/index.ts';
import { type Asked, failedAnswer, type Tier, type TierAnswer } from './answer.ts';
import { cascade, type Tiers } from './cascade.ts';

const USAGE = { ...NO_USAGE, costUsd: 0.01 };

/** What Claude says of the case, as sure as it says that it is. */
function claude(tier: 'fast' | 'smart' | 'deep', action: string, stated = 0.95): TierAnswer {
  return {
    ...{ status: 'answered', tier, model: `claude-${tier}`, judgement: { action }, confidence: stated },
    ...{ reasons: [], doubts: [], usage: USAGE, cites: null, attempts: [], cap: null },
    fields: [{ field: 'action', confidence: stated, threshold: null, because: [] }],
  };
}

function learned(action: string | null, confidence: number, threshold: number | null): TierAnswer {
  const isSure = threshold !== null && confidence >= threshold;
  return {
    ...claude('smart', ''),
    ...{ tier: 'learned', model: 'learned:refunds', judgement: action === null ? null : { action }, usage: NO_USAGE },
    ...{ confidence, fields: [{ field: 'action', confidence, threshold, because: [] }] },
    doubts: isSure ? [] : ['action: below the confidence that it takes to decide alone'],
  };
}

const says =
  (answer: TierAnswer | null): Tier =>
  async () =>
    answer;
const breaks: Tier = () => Promise.reject(new Error('not a model'));
const NOBODY: Tiers = { learned: says(null), fast: says(null), smart: says(null), deep: says(null) };

/** So many of a hundred answers of each tier were right in the eyes of people. */
function judgedBefore(right: number, tiers: readonly string[] = ['fast', 'smart', 'deep']): Question['past'] {
  const past = tiers.flatMap((tier) =>
    ['action', '*'].flatMap((field) =>
      Array.from({ length: 100 }, (_, at): PastOpinion => {
        return { tier: tier as PastOpinion['tier'], model: `claude-${tier}`, field, stated: 0.95, agrees: at < right };
      }),
    ),
  );
  return async () => past;
}

function judged(
  tiers: Partial<Tiers>,
  question: Partial<Question> = {},
  rules?: readonly TierRule[],
): Promise<ModelAnswer> {
  const asked = refundQuestion({ past: judgedBefore(99), ...question });
  const agent = { ...asked.agent, ...(rules === undefined ? {} : { cascade: rules }) };
  return cascade({ ...NOBODY, ...tiers }).judge({ ...asked, agent });
}

const tiersOf = ({ opinions = [] }: ModelAnswer): readonly string[] => opinions.map(({ tier }) => tier);

describe('the cascade', () => {
  it('is decided by the learned model where that is sure, and asks nobody else', async () => {
    const answer = await judged({ learned: says(learned('none', 0.9, 0.7)), fast: breaks, smart: breaks });
    expect(answer).toMatchObject({ status: 'answered', tier: 'learned', doubts: [], usage: NO_USAGE });
    expect(tiersOf(answer)).toEqual(['learned']);
  });

  it('asks the next tier where one is not sure, and says on record who said what at which cost', async () => {
    const answer = await judged({
      learned: says(learned('none', 0.6, 0.7)),
      fast: says({ ...claude('fast', 'refund'), doubts: ['The parcel may still come.'] }),
      smart: says(claude('smart', 'refund')),
    });
    expect(answer).toMatchObject({ status: 'answered', tier: 'smart', model: 'claude-smart', doubts: [] });
    expect(answer.usage.costUsd).toBe(0.02);
    expect(answer.opinions).toMatchObject([
      { tier: 'learned', stated: 0.6, judgement: { action: 'none' }, costUsd: 0 },
      { tier: 'fast', stated: 0.95, doubts: ['The parcel may still come.'], costUsd: 0.01 },
      { tier: 'smart', stated: 0.95, doubts: [], costUsd: 0.01 },
    ]);
  });

  it('tells each tier what the ones before it said', async () => {
    const heard: Asked[] = [];
    const listening =
      (answer: TierAnswer): Tier =>
      async (_question, asked) => {
        heard.push(asked);
        return answer;
      };
    await judged({
      learned: says({ ...learned('none', 0.6, 0.7), handOn: { likely: {}, alike: [] } }),
      fast: listening({ ...claude('fast', 'none'), doubts: ['Hm.'] }),
      smart: listening(claude('smart', 'none')),
    });
    expect(heard.map(({ earlier }) => earlier.map(({ tier }) => tier))).toEqual([['learned'], ['learned', 'fast']]);
    expect(heard[1]?.earlier[0]?.handOn).toEqual({ likely: {}, alike: [] });
  });

  it('follows the agent: which tiers in which order, and which of them only give evidence', async () => {
    const tiers = {
      learned: says(learned('none', 0.99, 0.7)),
      fast: breaks,
      smart: says(claude('smart', 'none')),
      deep: says(claude('deep', 'none')),
    };
    const answer = await judged(tiers, {}, [{ tier: 'smart', mayDecide: false }, { tier: 'deep' }]);
    expect(answer).toMatchObject({ tier: 'deep', doubts: [] });
    expect(tiersOf(answer)).toEqual(['smart', 'deep']);
  });

  it('asks more of a field than the workflow does where the agent says so', async () => {
    const rules: readonly TierRule[] = [{ tier: 'learned', thresholds: { action: 0.95 } }, { tier: 'smart' }];
    const tiers = { learned: says(learned('none', 0.9, 0.7)), smart: says(claude('smart', 'none')) };
    expect(await judged(tiers, {}, rules)).toMatchObject({ tier: 'smart' });
    const strict = await judged(tiers, {}, [{ tier: 'smart', thresholds: { action: 0.99 } }]);
    expect(strict.doubts).toEqual(['action: 96 % is below the 99 % that it takes to decide alone']);
  });

  it('cannot be made to believe the learned model more than its examples support', async () => {
    const rules: readonly TierRule[] = [{ tier: 'learned', thresholds: { action: 0.1 } }];
    const answer = await judged({ learned: says(learned('none', 0.6, 0.7)) }, {}, rules);
    expect(answer.doubts).not.toEqual([]);
  });

  it('fails where no model is configured', async () => {
    expect(await judged({})).toMatchObject({ status: 'failed', tier: 'learned', model: 'none' });
  });

  it('keeps what Claude said and cost, with a doubt, where the learned model breaks', async () => {
    const answer = await judged({ learned: breaks, fast: says(claude('fast', 'none')) });
    expect(answer).toMatchObject({ status: 'answered', judgement: { action: 'none' }, usage: USAGE });
    expect(answer.doubts).toContain('The learned model could not be used.');
  });

  it('does not let the learned model decide where Claude failed: its answer is a draft', async () => {
    const failed = failedAnswer('smart', 'claude-smart', 'The model refused to answer (refusal).');
    const answer = await judged({ learned: says(learned('none', 0.6, 0.7)), smart: says(failed) });
    expect(answer).toMatchObject({ status: 'failed', tier: 'learned', judgement: { action: 'none' } });
    expect(answer.doubts[0]).toBe('The model refused to answer (refusal).');
  });

  it.each([
    ['is down', { isDown: true }],
    ['may not cost more', { cap: 'model-cost-per-day' }],
  ])('asks no further model where the service %s', async (_what, trouble) => {
    const fast = says(failedAnswer('fast', 'claude-fast', 'Not now.', trouble));
    const answer = await judged({ learned: says(learned('none', 0.6, 0.7)), fast, smart: breaks });
    expect(answer).toMatchObject({ status: 'failed', ...trouble });
    expect(tiersOf(answer)).toEqual(['learned', 'fast']);
  });
});

describe('a learned model that is sure of one field but not of the case', () => {
  const unsure = { ...learned('none', 0.9, 0.7), doubts: ['amount: too few examples to decide alone'] };
  const tiers = { learned: says(unsure), fast: says(claude('fast', 'refund')), smart: says(claude('smart', 'refund')) };

  it('makes a doubt of what Claude sees otherwise there', async () => {
    const answer = await judged(tiers);
    expect(answer.doubts).toEqual(['The learned model is sure of another answer for action: "none".']);
  });

  it('is not held against Claude once people told more', async () => {
    const notes = [{ by: 'lead@remit.example', atMs: 1, text: 'It came.' }];
    const answer = await judged(tiers, { notes });
    expect(answer).toMatchObject({ tier: 'fast', doubts: [] });
    // Nor does its answer then say how good it is.
    expect(answer.opinions?.[0]).toMatchObject({ tier: 'learned', judgement: null });
  });
});

describe('the confidence of Claude', () => {
  const only = (answer: TierAnswer): Partial<Tiers> => ({ smart: says(answer) });
  const sure = claude('smart', 'refund', 0.99);

  it('counts for nothing while people have judged too few of its answers, and says so', async () => {
    const answer = await judged(only(sure), { past: async () => [], minimumConfidence: 0.1 });
    expect(answer).toMatchObject({ confidence: 0, fields: [{ confidence: 0, threshold: 0.1 }] });
    expect(answer.doubts).toEqual([
      'How far smart can be relied on is not known yet: people have judged 0 of the 30 answers that it takes.',
    ]);
    expect(answer.opinions).toMatchObject([{ stated: 0.99, confidence: 0 }]);
  });

  it('counts as far as the workflow says until then, and no further', async () => {
    const past: Question['past'] = async () => [];
    const rules = [{ tier: 'smart', unmeasuredConfidence: 0.85 }] as const;
    expect(await judged(only(sure), { past }, rules)).toMatchObject({ confidence: 0.85, doubts: [] });
    const stricter = await judged(only(sure), { past, minimumConfidence: 0.9 }, rules);
    expect(stricter.doubts).toEqual(['action: 85 % is below the 90 % that it takes to decide alone']);
  });

  it('is how often people agreed with it, once that is known: right half of the time goes to a person', async () => {
    const answer = await judged(only(sure), { past: judgedBefore(50) });
    expect(answer.confidence).toBeGreaterThan(0.4);
    expect(answer.confidence).toBeLessThan(0.5);
    expect(answer.doubts).toEqual([expect.stringMatching(/^action: 43 % is below the 80 %/)]);
    expect(await judged(only(sure), { past: judgedBefore(95) })).toMatchObject({ doubts: [] });
  });

  it('is not taken from another tier or another model', async () => {
    const others = await judged(only(sure), { past: judgedBefore(100, ['fast', 'deep']) });
    expect(others.confidence).toBe(0);
    const renamed = await judged(only({ ...sure, model: 'claude-smart-2' }), { past: judgedBefore(100) });
    expect(renamed.confidence).toBe(0);
  });

  it('counts for nothing where what people said cannot be read', async () => {
    const answer = await judged(only(sure), { past: () => Promise.reject(new Error('throttled')) });
    expect(answer).toMatchObject({ confidence: 0, doubts: [expect.stringContaining('not known yet')] });
  });
});
