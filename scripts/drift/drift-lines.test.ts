import { expect, test } from 'vitest';
import type { Drift } from '../../evals/drift/drift.ts';
import type { ListedCase } from '../runtime/list-cases.ts';
import { driftLines, weeksOf } from './drift-lines.ts';

const listed = (openedAtMs: number, confidence: number | null, personAsked: boolean): ListedCase => ({
  ...{ caseId: 'c', input: {}, problems: [], state: 'closed', decision: null, readings: [], usage: { costUsd: 0 } },
  ...{ openedAtMs, confidence, personAsked },
});
const SUNDAY = Date.UTC(2026, 2, 1, 23);
const MONDAY = Date.UTC(2026, 2, 2, 1);

test('a week begins on Monday, and counts what people corrected in it', () => {
  const cases = [
    listed(MONDAY, 0.9, true),
    listed(SUNDAY, 0.8, false),
    listed(MONDAY, null, true),
    listed(MONDAY, 0.7, false),
  ];
  const weeks = weeksOf(cases, [MONDAY, SUNDAY]);
  expect(weeks).toEqual([
    { from: '2026-02-23', cases: 1, meanConfidence: 0.8, asked: 0, corrected: 1 },
    { from: '2026-03-02', cases: 3, meanConfidence: 0.8, asked: 2, corrected: 1 },
  ]);
});

const DRIFT: Drift = {
  ...{ training: 640, now: 200, isTooFew: false, confidence: null, agreement: 'stable', coverage: 'stable' },
  kinds: [
    { path: 'input.name', isLearned: false, grade: 'moved', index: 3.1, moved: [], unseen: 200, rows: 200 },
    { path: 'input.channel', isLearned: true, grade: 'stable', index: 0.01, moved: [], unseen: 0, rows: 200 },
    { path: 'input.country', isLearned: true, grade: 'moved', index: 0.4, moved: [], unseen: 30, rows: 200 },
  ],
  numbers: [],
  warnings: ['The mix of input.country has moved (index 0.40): now BR 15.0 %.'],
};

test('warnings stand first, then what has moved, then the rest', () => {
  const lines = driftLines('Desk', DRIFT, []);
  expect(lines.slice(0, 2)).toEqual([
    'Desk: it has moved away from what it learned',
    '  WARNING  The mix of input.country has moved (index 0.40): now BR 15.0 %.',
  ]);
  expect(lines.at(-3)).toContain('input.country  MOVED');
  expect(lines.at(-2)).toContain('input.channel  as in training');
  expect(lines.at(-1)).toMatch(/input\.name +off, but not learned from/);
});

test('items are counted as what they are', () => {
  const lines = driftLines('Desk', { ...DRIFT, warnings: [] }, [], 'items that Sorter judged');
  expect(lines[1]).toBe('200 items that Sorter judged now, 640 in the training set.');
});

test('too few cases are told as that, without a table', () => {
  const lines = driftLines('Desk', { ...DRIFT, now: 5, isTooFew: true, warnings: [] }, []);
  expect(lines).toEqual([
    'Desk: too few cases to say whether anything has moved',
    '5 cases now, 640 in the training set.',
  ]);
});
