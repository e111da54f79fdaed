import { describe, expect, it } from 'vitest';
import { refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import type { Assets, Question } from '../ports/index.ts';
import { serialise, train } from './learned/index.ts';
import { learnedTier } from './learned-tier.ts';

const WANTS = ['never came', 'is broken', 'was the wrong one', 'came in pieces', 'is defective'];
const ASKS = ['arrives when', 'has which size', 'needs which battery', 'ships where', 'comes in blue'];
const THINGS = ['My parcel', 'The lamp', 'That chair', 'Our order', 'The kettle', 'This shelf', 'The radio', 'A cable'];

/** Forty messages for each answer, of the words that belong to it. */
const examples = THINGS.flatMap((thing, at) => [
  ...WANTS.map((what, n) => example(`w${at}-${n}`, `${thing} ${what}, I want my money back`, 'refund')),
  ...ASKS.map((what, n) => example(`a${at}-${n}`, `${thing} ${what}, can you tell me`, 'none')),
]);

function example(id: string, message: string, action: string) {
  return { id, input: { input: { message }, sources: {}, signals: {} }, expected: { action } };
}

const model = serialise(train(examples, { target: 0.9, fields: [{ name: 'action', kind: 'class' }] }));

function from(read: Assets['read'], given: Partial<Question> = {}) {
  const question = refundQuestion({ input: { message: 'The kettle is broken, I want my money back' }, ...given });
  const workflow = { ...question.workflow, signals: () => ({}) };
  const tier = learnedTier({ read });
  return () => tier({ ...question, workflow }, { rule: { tier: 'learned' }, earlier: [] });
}

const NOTE = { by: 'lead@remit.example', atMs: 1, text: 'It was sent back.' };
const TOLD_MORE = 'A person told more than this model can read: lead@remit.example.';

describe('the learned tier', () => {
  it('answers with its judgement, how sure it is of each field, and past cases', async () => {
    const answer = await from(async () => model)();
    expect(answer).toMatchObject({
      status: 'answered',
      tier: 'learned',
      model: 'learned:refunds',
      judgement: { action: 'refund' },
      usage: { costUsd: 0 },
    });
    expect(answer?.fields.map(({ field }) => field)).toEqual(['action']);
    expect(answer?.reasons[0]).toMatch(/^like past case w/);
  });

  it('answers for the fields that an agent judges, in the form that the agent is asked for', async () => {
    const two = examples.map((one) => ({ ...one, expected: { ...one.expected, mood: 'bad' } }));
    const fields = [
      { name: 'action', kind: 'class' as const },
      { name: 'mood', kind: 'class' as const },
    ];
    const ofTwo = serialise(train(two, { target: 0.9, fields }));
    const { agent } = refundQuestion();
    const part = await from(async () => ofTwo)();
    expect(part).toMatchObject({ judgement: { action: 'refund' }, fields: [{ field: 'action' }] });
    expect(part?.confidence).toBe(part?.fields[0]?.confidence);
    const chooser = await from(async () => ofTwo, { agent: { ...agent, hasChoice: true } })();
    expect(chooser?.judgement).toEqual({ next: 'decide', judgement: { action: 'refund' } });
  });

  it('answers with a doubt once people told more than it can read, so that a person decides', async () => {
    const [before, after] = [await from(async () => model)(), await from(async () => model, { notes: [NOTE, NOTE] })()];
    expect(before?.doubts).not.toContain(TOLD_MORE);
    expect(after).toEqual({ ...before, doubts: [TOLD_MORE, ...(before?.doubts ?? [])] });
  });

  it('has nothing to say for a workflow that it was not trained for', async () => {
    expect(await from(async () => null)()).toBeNull();
  });

  it('reads its model once', async () => {
    let reads = 0;
    const ask = from(async () => {
      reads += 1;
      return model;
    });
    await Promise.all([ask(), ask()]);
    await ask();
    expect(reads).toBe(1);
  });

  it('reads its model again after a read that failed', async () => {
    let reads = 0;
    const ask = from(async () => {
      reads += 1;
      if (reads === 1) throw new Error('EMFILE');
      return model;
    });
    await expect(ask()).rejects.toThrow('EMFILE');
    expect(await ask()).toMatchObject({ judgement: { action: 'refund' } });
  });

  it('fails with what is no model', async () => {
    await expect(from(async () => model.subarray(0, 100))()).rejects.toThrow('not a learned model');
  });
});
