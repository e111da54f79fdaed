import { expect, test } from 'vitest';
import { many, resultThat, wrongAlone } from '../testing/results.ts';
import { compareRuns } from './compare.ts';

const costly = (said: Parameters<typeof resultThat>[0]) => resultThat({ ...said, costUsd: 0.003, tookMs: 2_000 });

test('ten that became right against two that became wrong are hardly chance', () => {
  const before = [...many(10, wrongAlone, 'up'), ...many(2, resultThat, 'down'), ...many(50, resultThat, 'same')];
  const after = [...many(10, resultThat, 'up'), ...many(2, wrongAlone, 'down'), ...many(50, resultThat, 'same')];
  const { verdict, answers, because } = compareRuns(before, after);
  expect(verdict).toBe('better');
  expect(answers).toMatchObject({ before: 52, after: 60, lost: ['down-1', 'down-2'] });
  expect(answers.gained).toHaveLength(10);
  expect(answers.chance).toBeCloseTo(0.0386, 4);
  expect(because).toContain('10 became right and 2 became wrong');
  expect(compareRuns(after, before).verdict).toBe('worse');
});

test('three against two may well be chance', () => {
  const before = [...many(3, wrongAlone, 'up'), ...many(2, resultThat, 'down')];
  const after = [...many(3, resultThat, 'up'), ...many(2, wrongAlone, 'down')];
  expect(compareRuns(before, after).verdict).toBe('no difference shown');
});

test('says what it costs, per case and with its interval', () => {
  const { cost, latency } = compareRuns(many(40, resultThat), many(40, costly));
  expect(cost.difference).toBeCloseTo(0.002, 10);
  expect(cost.interval?.lower).toBeCloseTo(0.002, 10);
  expect(latency).toMatchObject({ before: 1_000, after: 2_000, difference: 1_000 });
});

test('only cases with the same content and label are pairs', () => {
  const before = [resultThat({ id: 'a' }), resultThat({ id: 'b' }), resultThat({ id: 'gone' })];
  const after = [resultThat({ id: 'a' }), resultThat({ id: 'b', digest: 'relabelled' }), resultThat({ id: 'new' })];
  expect(compareRuns(before, after)).toMatchObject({ pairs: 1, leftOut: 4 });
});
