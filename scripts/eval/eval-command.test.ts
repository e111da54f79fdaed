import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tiersProblem } from '../../evals/run/choose-models.ts';
import { resultThat } from '../../evals/testing/results.ts';
import { KeptResults } from './kept-results.ts';
import { evalOptions } from './options.ts';
import { barLine } from './progress-bar.ts';

const folder = mkdtempSync(join(tmpdir(), 'remit-eval-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is wanted', () => {
  test('has defaults that cost nothing', () => {
    expect(evalOptions(['desk'])).toEqual({
      ...{ workflow: 'desk', set: null, tiers: ['learned'], against: null, out: '.remit/evals/desk', volume: 1_000 },
      ...{
        maxUsd: 5,
        concurrency: 1,
        limit: null,
        isResumed: false,
        isRecorded: false,
        isOnStack: false,
        ...{ url: undefined, isGate: false, baseline: null, isWhole: false, check: null },
        isJson: false,
      },
    });
    expect(evalOptions(['desk', '--models', 'learned,fast'])).toMatchObject({
      ...{ tiers: ['learned', 'fast'], concurrency: 8 },
    });
  });

  test.each<[string, readonly string[]]>([
    ['no workflow', []],
    ['two workflows', ['a', 'b']],
    ['a tier that there is not', ['a', '--models', 'huge']],
    ['no time at all', ['a', '--concurrency', '0']],
    ['money that is no number', ['a', '--max-usd', 'much']],
    ['an option that there is not', ['a', '--quick']],
  ])('%s is answered with how it is used, and the code for what was not measured', (_what, args) => {
    expect(() => evalOptions(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(() => evalOptions(args)).toThrow(/npm run eval -- <workflow>/);
  });

  test('tiers of Claude take a key', () => {
    expect(tiersProblem({ tiers: ['learned'], apiKey: null })).toBeNull();
    expect(tiersProblem({ tiers: ['fast'], apiKey: null })).toContain('ANTHROPIC_API_KEY');
    expect(tiersProblem({ tiers: ['fast', 'deep'], apiKey: 'k' })).toBeNull();
    expect(tiersProblem({ tiers: [], apiKey: 'k' })).toContain('at least one tier');
  });
});

describe('results on disk', () => {
  const file = (name: string): string => join(folder, name);

  test('are taken up where the same run stopped, a line that was cut off aside', () => {
    const first = new KeptResults(file('a'), 'run-1', false);
    first.add(resultThat({ id: 'one' }));
    appendFileSync(file('a'), '{"id":"tw');
    const second = new KeptResults(file('a'), 'run-1', true);
    expect(second.results.map(({ id }) => id)).toEqual(['one']);
    second.add(resultThat({ id: 'two' }));
    expect(new KeptResults(file('a'), 'run-1', true).results.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  test('of another run, or without --resume, begin anew', () => {
    new KeptResults(file('b'), 'run-1', false).add(resultThat());
    expect(new KeptResults(file('b'), 'run-2', true).results).toEqual([]);
    new KeptResults(file('c'), 'run-1', false).add(resultThat());
    expect(new KeptResults(file('c'), 'run-1', false).results).toEqual([]);
    expect(readFileSync(file('c'), 'utf8')).toBe('{"run":"run-1"}\n');
  });
});

test('the bar says how far it is and how long it takes', () => {
  expect(barLine('score', 7, 28, '93 % right', 3_500)).toBe(
    `  score     ${'█'.repeat(7)}${'·'.repeat(21)}  7 of 28  93 % right  11 s left`,
  );
});
