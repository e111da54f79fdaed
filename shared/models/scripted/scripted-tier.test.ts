import { describe, expect, it } from 'vitest';
import { refundQuestion } from '../../../test/support/fake-anthropic-case.ts';
import type { Json, JsonObject } from '../../contracts/index.ts';
import { cascade } from '../cascade.ts';
import { SCRIPTED_MODEL, scriptedTier } from './scripted-tier.ts';

const { agent, lookUp: none } = refundQuestion();
const REFUND = { agent: agent.id, when: { 'input.message': { has: ['Money', 'back'] } }, says: { action: 'refund' } };
const MESSAGE = { message: 'I want my MONEY back' };

function tierOf(turns: readonly object[], mayPlay = true) {
  const script = { note: 'Made up.', knows: 'refunds', turns };
  const bytes = new TextEncoder().encode(JSON.stringify(script));
  const read = async (path: string) => (path === 'agents/refunds/scripted.json' ? bytes : null);
  return scriptedTier({ assets: { read }, mayPlay: async () => mayPlay });
}

/** Sources that say this, and what they were asked. */
function sourcesSay(data: Json | null) {
  const asked: JsonObject[] = [];
  const read: typeof none.read = async (calls) =>
    calls.map((call) => {
      asked.push({ ...call });
      const problems = data === null ? ['it is down'] : [];
      const status = data === null ? ('failed' as const) : ('complete' as const);
      return { source: call.source, status, readAtMs: 1, tookMs: 1, data, problems };
    });
  return { asked, lookUp: { ...none, read } };
}

function answerOf(turns: readonly object[], given: Partial<ReturnType<typeof refundQuestion>> = {}, mayPlay = true) {
  const question = refundQuestion({ input: MESSAGE, ...given });
  return tierOf(turns, mayPlay)(question, { rule: { tier: 'scripted' }, earlier: [] });
}

describe('the scripted tier', () => {
  it('plays the turn that was written, and says that no model was asked', async () => {
    const answer = await answerOf([REFUND]);
    expect(answer).toMatchObject({
      ...{ status: 'answered', tier: 'scripted', model: SCRIPTED_MODEL, judgement: { action: 'refund' } },
      ...{ confidence: 0, usage: { costUsd: 0 } },
    });
    expect(answer?.doubts).toEqual([expect.stringContaining('no model was asked; a script played a turn')]);
  });

  it('never decides alone, whatever the workflow asks for', async () => {
    const nobody = async () => null;
    const tiers = { learned: nobody, fast: nobody, smart: nobody, deep: nobody, scripted: tierOf([REFUND]) };
    const asking = { ...agent, cascade: [{ tier: 'smart' as const }, { tier: 'scripted' as const }] };
    const question = refundQuestion({ input: MESSAGE, agent: asking, minimumConfidence: 0 });
    const answer = await cascade(tiers).judge(question);
    expect(answer).toMatchObject({ tier: 'scripted', confidence: 0, doubts: [expect.stringContaining('no model')] });
    expect(answer.opinions?.map(({ doubts }) => doubts.length > 0)).toEqual([true]);
  });

  it('has nothing to say where scripts may not be played, or the workflow brings none', async () => {
    expect(await answerOf([REFUND], {}, false)).toBeNull();
    const { workflow } = refundQuestion();
    expect(await answerOf([REFUND], { workflow: { ...workflow, id: 'other' } })).toBeNull();
  });

  it('does not pretend to know what nothing was written for', async () => {
    const answer = await answerOf([REFUND], { input: { message: 'Where is my parcel?' } });
    expect(answer).toMatchObject({ status: 'failed', judgement: null });
    expect(answer?.doubts).toEqual(['No model is configured. No turn is written for this: the script knows refunds.']);
  });

  it('does not answer in another form than its agent is asked for', async () => {
    const answer = await answerOf([{ ...REFUND, says: { action: 'shrug' } }]);
    expect([answer?.status, answer?.judgement]).toEqual(['failed', null]);
  });

  it('reads for real, once for each of a list, and takes over what is given', async () => {
    const { asked, lookUp } = sourcesSay({ does: 'refund' });
    const reads = [{ as: 'each', source: 'orders', for: ['A', 'B'], asked: { order: { $: 'one' } } }];
    const answer = await answerOf([{ ...REFUND, reads, says: { action: { $: 'read.each.1.data.does' } } }], { lookUp });
    expect(asked).toEqual([
      { source: 'orders', asked: { order: 'A' } },
      { source: 'orders', asked: { order: 'B' } },
    ]);
    expect(answer?.judgement).toEqual({ action: 'refund' });
  });

  it.each<[string, Json | null]>([
    ['are down', null],
    ['say something else', { other: 1 }],
  ])('plays nothing where the sources %s', async (_what, data) => {
    const reads = [{ as: 'one', source: 'orders', asked: {} }];
    const turn = { ...REFUND, reads, says: { action: { $: 'read.one.does' } } };
    const answer = await answerOf([turn], { lookUp: sourcesSay(data).lookUp });
    expect(answer).toMatchObject({ status: 'failed', judgement: null });
  });

  it('says that it cannot take in what people told', async () => {
    const answer = await answerOf([REFUND], {
      notes: [{ by: 'lead@remit.example', atMs: 1, text: 'It was sent back.' }],
    });
    expect(answer?.doubts).toContain('A person told more than a script can take in.');
  });
});
