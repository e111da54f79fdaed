import { describe, expect, test } from 'vitest';
import { roiOf } from '../../evals/roi/roi.ts';
import { shareOf } from '../../shared/domain/agreement.ts';
import type { ListedCase } from '../runtime/list-cases.ts';
import { type RoiSources, roiInput } from './gather.ts';
import { roiOptions } from './options.ts';
import { roiTable } from './roi-table.ts';

const listed = (at: number): ListedCase => ({
  ...{ caseId: `${at}`, input: {}, problems: [], state: 'closed', decision: null, confidence: null, readings: [] },
  ...{ personAsked: at % 4 === 0, usage: { costUsd: 0.004 }, openedAtMs: at },
});
const evaluation = { asked: shareOf(40, 100), wrongAlone: shareOf(3, 100), modelUsd: 0.002 };
const nothing: RoiSources = { given: {}, live: null, evaluation: null, minutesByHand: 10 };

describe('each number says where it is from', () => {
  test('measured beats evaluated, evaluated beats assumed, and given beats all', () => {
    const live = {
      cases: Array.from({ length: 40 }, (_, at) => listed(at)),
      ...{ days: 10, nowMs: 30 * 86_400_000, awsUsd: [0.0002, 0.0004] },
      answers: [
        { answers: 30, medianTookMs: 60_000 },
        { answers: 10, medianTookMs: 180_000 },
      ],
    };
    const input = roiInput({ ...nothing, live, evaluation, given: { usdPerHour: 80 } });
    expect(input).toMatchObject({
      casesPerMonth: { value: 122, from: 'measured: 40 cases in 10 days' },
      askedShare: { value: 0.25, from: 'measured: 10 of 40 cases' },
      minutesPerQuestion: {
        value: 1.5,
        from: 'measured: medians of 40 answers, from seeing (else opening) the question',
      },
      reworkShare: { value: 0.03, from: 'evaluated: 3 of 100 labelled cases' },
      usdPerHour: { value: 80, from: 'given' },
      minutesByHand: { value: 10, from: 'said by the builder (rollout.minutesByHand)' },
    });
    expect(input.modelUsdPerCase.value).toBeCloseTo(0.004, 10);
    expect(input.awsUsdPerCase.value).toBeCloseTo(0.0003, 10);
  });

  test('a handful of cases measures nothing', () => {
    const live = { cases: [listed(1)], days: 10, nowMs: 0, answers: [{ answers: 1, medianTookMs: 1 }], awsUsd: [] };
    const input = roiInput({ ...nothing, live, evaluation });
    expect(input.askedShare).toEqual({ value: 0.4, from: 'evaluated: 40 of 100 labelled cases' });
    expect(input.minutesPerQuestion.from).toBe('assumed');
    expect(roiInput(nothing).askedShare).toEqual({ value: 0.5, from: 'assumed' });
  });

  test('a day of traffic is no month: its volume is not taken', () => {
    const cases = Array.from({ length: 40 }, (_, at) => listed(at));
    const live = { cases, days: 30, nowMs: 86_400_000, answers: [], awsUsd: [] };
    expect(roiInput({ ...nothing, live }).casesPerMonth).toEqual({ value: 1_000, from: 'assumed' });
  });

  test('what a case took by hand is never assumed', () => {
    expect(() => roiInput({ ...nothing, minutesByHand: null })).toThrow('minutesByHand');
  });
});

test('the table says first whether it pays, and how to change each number', () => {
  const input = roiInput({ ...nothing, evaluation, given: { careUsdPerMonth: 0 } });
  const text = roiTable('Service desk', input, roiOf(input)).join('\n');
  expect(text).toMatch(/^Service desk: pays back in \d+\.\d months, then earns [\d.]+ USD a month/);
  for (const option of ['--volume', '--minutes', '--asked-share', '--hourly-usd', '--build-usd', '--care-usd']) {
    expect(text).toContain(option);
  }
  const dear = roiInput({ ...nothing, evaluation, given: { modelUsdPerCase: 20 } });
  expect(roiTable('Service desk', dear, roiOf(dear))[0]).toContain('does not pay back');
});

test.each([
  ['no workflow', []],
  ['a share above 1', ['desk', '--asked-share', '40']],
  ['no number', ['desk', '--volume', 'many']],
  ['an option that there is not', ['desk', '--cost', '1']],
])('%s is answered with how it is used', (_what, args) => {
  expect(() => roiOptions(args)).toThrow(/npm run roi -- <workflow>/);
});
