import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { refundQuestion } from '../../test/support/fake-anthropic-case.ts';
import type { Each } from '../authoring/index.ts';
import type { JsonObject } from '../contracts/index.ts';
import type { Scored } from './learned/index.ts';
import { answerForEach } from './learned-each.ts';

const EACH: Each = { of: 'parcels', as: 'answers', repeats: ['id'], signals: () => ({}) };
const Answers = z.strictObject({
  answers: z.array(z.strictObject({ id: z.string(), action: z.enum(['refund', 'none']) })),
});

/** Sure of each parcel as its own weight says. */
function score({ input }: { readonly input: JsonObject }): Scored {
  const confidence = Number(input['sure']);
  const passes = confidence > 0.5;
  const because = [{ feature: 'message: broken', weight: 1 }];
  const value = String(input['right'] ?? 'refund');
  const fields = { action: { value, confidence, threshold: 0.5, passes, top: [], because } };
  return { fields, decides: passes, confidence, unknown: [], nearest: [] };
}

function answerTo(
  parcels: readonly JsonObject[] | null,
  notes: readonly { by: string; atMs: number; text: string }[] = [],
) {
  const { agent } = refundQuestion();
  const each = { ...agent, decides: Answers, judgement: Answers, each: EACH };
  const question = refundQuestion({
    agent: each,
    handOver: parcels === null ? null : { parcels: [...parcels] },
    notes,
  });
  return answerForEach(question, EACH, score);
}

describe('the learned model, item by item', () => {
  it('answers for each in order, repeats which it is, and is as sure as of all of them together', () => {
    const answer = answerTo([
      { id: 'A', sure: 0.9 },
      { id: 'B', sure: 0.8, right: 'none' },
    ]);
    expect(answer?.judgement).toEqual({
      answers: [
        { id: 'A', action: 'refund' },
        { id: 'B', action: 'none' },
      ],
    });
    expect(answer?.confidence).toBeCloseTo(0.72);
    expect(answer?.fields).toMatchObject([{ field: 'action', confidence: 0.8 }]);
    expect(answer?.doubts).toEqual([]);
    expect(answer?.reasons).toEqual(['A: action refund (90 %)', 'B: action none (80 %)']);
  });

  it('names each that it is not sure of', () => {
    const answer = answerTo([
      { id: 'A', sure: 0.9 },
      { id: 'B', sure: 0.4 },
    ]);
    expect(answer?.doubts).toEqual(['B: the learned model is not sure enough of action to decide alone.']);
  });

  it('leaves out what it has no answer for that fits, and says so', () => {
    const answer = answerTo([
      { id: 'A', sure: 0.9 },
      { id: 'B', sure: 0.9, right: 'dance' },
    ]);
    expect(answer?.judgement).toEqual({ answers: [{ id: 'A', action: 'refund' }] });
    expect(answer?.doubts).toEqual(['B: unlike anything that it was taught.']);
  });

  it('has nothing to say where it was handed nothing', () => {
    expect(answerTo(null)).toBeNull();
  });

  it('does not decide once people told more than it can read', () => {
    const told = [{ by: 'lead@remit.example', atMs: 1, text: 'A was sent back.' }];
    expect(answerTo([{ id: 'A', sure: 0.9 }], told)?.doubts).toEqual(['A person told more than this model can read.']);
  });
});
