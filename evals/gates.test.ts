import { describe, expect, test } from 'vitest';
import { evaluationGates, gateResults } from './gates.ts';
import type { CaseResult } from './run/result.ts';
import { figuresOf } from './score/figures.ts';
import { many, resultThat, wrongAlone } from './testing/results.ts';

const GATES = evaluationGates({ agreement: 0.85, minimumDecisions: 30, errors: 0.05, tolerances: {} });

function gatesOf(results: readonly CaseResult[]): Record<string, boolean> {
  return Object.fromEntries(gateResults(results, figuresOf(results), GATES).map(({ id, passes }) => [id, passes]));
}

const asked = (said: Partial<CaseResult>): CaseResult =>
  resultThat({ isAlone: false, reasons: [{ code: 'low-confidence', text: 'Not sure.' }], ...said });

describe('accuracy', () => {
  test.each([
    [184, 16, true, 'its lower end is 87.4 %'],
    [90, 10, false, 'its lower end is 82.6 %'],
    [20, 0, false, 'too few prove nothing'],
    [0, 0, false, 'nothing was decided alone'],
  ])('of %i right and %i wrong passes: %s, because %s', (right, wrong, passes) => {
    const results = [...many(right, resultThat), ...many(wrong, wrongAlone, 'wrong'), ...many(1, asked, 'asked')];
    expect(gatesOf(results)['accuracy']).toBe(passes);
  });

  test('has to be 95 % where people are told or asked, whatever the small actions do', () => {
    const strictly = (make: typeof resultThat) => (said: Partial<CaseResult>) =>
      make({ tiers: ['approve', 'autonomous'], ...said });
    const strict = [...many(184, strictly(resultThat)), ...many(16, strictly(wrongAlone), 'wrong')];
    expect(gatesOf(strict)).toMatchObject({ 'strict-accuracy': false });
    expect(gatesOf(strict)).not.toHaveProperty('accuracy');
    const both = [...many(400, strictly(resultThat)), ...many(60, resultThat, 'small')];
    expect(gatesOf(both)).toMatchObject({ accuracy: true, 'strict-accuracy': true });
  });

  test('is told by what follows from the decisions, if anything does', () => {
    const titleOf = (tiers: CaseResult['tiers']): string | undefined => {
      const results = many(40, (said) => resultThat({ tiers, ...said }));
      return gateResults(results, figuresOf(results), GATES)[0]?.title;
    };
    expect(titleOf(['autonomous'])).toBe('Right where small actions follow');
    expect(titleOf([])).toBe('Right without a person');
  });

  test('counts nothing that a person decides', () => {
    const wrongAsked = many(100, (said) => wrongAlone({ ...said, isAlone: false }), 'asked');
    expect(gatesOf([...many(200, resultThat), ...wrongAsked])).toMatchObject({ accuracy: true, errors: true });
  });
});

test.each([
  ['errors', 'a wrong decision that nobody saw', many(5, wrongAlone, 'wrong')],
  [
    'errors',
    'an answer that failed',
    many(5, (said) => asked({ ...said, status: 'failed', decision: null }), 'failed'),
  ],
  ['coverage', 'as many cases asked as decided', many(95, asked, 'asked')],
  ['latency', 'one of ten that takes 31 s', many(10, (said) => resultThat({ ...said, tookMs: 31_000 }), 'slow')],
] as const)('%s are missed by %s', (gate, _why, more) => {
  expect(gatesOf(many(95, resultThat))[gate]).toBe(true);
  expect(gatesOf([...many(95, resultThat), ...more])[gate]).toBe(false);
});

test('a set without a case passes nothing but the time', () => {
  expect(gatesOf([])).toEqual({ accuracy: false, errors: false, coverage: false, latency: true });
});
