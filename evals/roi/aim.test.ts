import { expect, test } from 'vitest';
import { type AimedCase, aimFigures } from './aim.ts';

const alone: AimedCase = {
  verdict: { kind: 'act' },
  decidedBy: 'qualifier (learned), outreach (learned)',
  openedAtMs: 1_000,
  reachedAtMs: null,
};

test('a case counts as decided alone where agents decided it, also where a person says yes to its action later', () => {
  const cases: AimedCase[] = [
    alone,
    { ...alone, verdict: { kind: 'stop' } },
    { ...alone, verdict: { kind: 'ask' } },
    { ...alone, verdict: { kind: 'review' } },
    { ...alone, decidedBy: 'sales-lead@remit.example' },
    // Not decided yet: it says nothing.
    { ...alone, verdict: null, decidedBy: null },
  ];
  expect(aimFigures(cases).decidedAlone).toMatchObject({ agreed: 2, of: 5 });
});

test('the time runs from the trigger until the action is done, and only cases that got there count', () => {
  const reached = [10, 30, 20].map((minutes) => ({ ...alone, reachedAtMs: 1_000 + minutes * 60_000 }));
  expect(aimFigures([alone, ...reached])).toMatchObject({ reached: 3, medianMs: 20 * 60_000 });
  expect(aimFigures([alone])).toMatchObject({ reached: 0, medianMs: null, p90Ms: null });
});
