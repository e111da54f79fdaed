import { expect, test } from 'vitest';
import { BacktestAnswer, backtestReport } from './report.ts';

const answer: BacktestAnswer = {
  summary: '1 of 2 would have run by themselves; people rejected 1 of them.',
  ...{ days: 90, cases: 2, items: 2, stopped: null },
  changed: [
    {
      ...{ caseId: 'c1', actionId: 'pay#1', atMs: Date.UTC(2026, 0, 2, 3, 4, 5), before: 'asked', after: 'by-itself' },
      said: { verb: 'reject', by: 'a@b.example', reason: 'Not ours.' },
    },
    {
      ...{ caseId: 'c2', actionId: null, atMs: Date.UTC(2026, 0, 3), before: 'by-itself', after: 'asked', said: null },
    },
  ],
};

test('tells the sentence, and each item that would have been treated otherwise with what people said', () => {
  expect(backtestReport(answer).join('\n')).toBe(`1 of 2 would have run by themselves; people rejected 1 of them.
Looked at 2 closed cases of the last 90 days.

case  decided                  what      was        would be   people said
----  -----------------------  --------  ---------  ---------  -------------------------------
c1    2026-01-02 03:04:05 UTC  pay#1     asked      by-itself  a@b.example: reject (Not ours.)
c2    2026-01-03 00:00:00 UTC  decision  by-itself  asked`);
});

test('says where it stopped, and lists nothing where nothing would change', () => {
  const stopped = 'It stopped after the newest 1 closed cases. Older ones were not looked at.';
  const lines = backtestReport({
    ...answer,
    cases: 1,
    changed: [],
    summary: 'None of 1 would have been treated otherwise.',
    stopped,
  });
  expect(lines).toEqual([
    'None of 1 would have been treated otherwise.',
    `Looked at 1 closed case of the last 90 days. ${stopped}`,
  ]);
  expect(BacktestAnswer.safeParse({ ...answer, more: true }).success).toBe(true);
});
