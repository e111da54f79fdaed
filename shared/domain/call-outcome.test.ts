import { describe, expect, it } from 'vitest';
import { HTTP_FAILURES } from '../authoring/index.ts';
import { callOutcome, type FailedCall, retryAfterMs } from './call-outcome.ts';

const RULE = { passing: [429, 'ratelimited'], refused: [400, 404, 'channel_not_found'] };

describe('a call that did not succeed', () => {
  it.each([
    ['was stopped by the guard', { stage: 'refused' }, 'refused'],
    ['found nobody', { stage: 'not-sent' }, 'passing'],
    ['got no answer', { stage: 'no-answer' }, 'unsure'],
    ['came too often', { status: 429, code: null }, 'passing'],
    ['was wrong', { status: 400, code: null }, 'refused'],
    ['met a fault', { status: 500, code: null }, 'unsure'],
    ['met a conflict', { status: 409, code: null }, 'unsure'],
    ['was answered with a no in the body', { status: 200, code: 'channel_not_found' }, 'refused'],
    ['was answered with "later" in the body', { status: 200, code: 'ratelimited' }, 'passing'],
    ['was answered with an unknown no', { status: 200, code: 'fatal_error' }, 'unsure'],
    ['has a code that says more than its status', { status: 400, code: 'ratelimited' }, 'passing'],
  ] as const satisfies readonly [string, FailedCall, string][])('and %s is judged so', (_what, failed, outcome) => {
    expect(callOutcome(RULE, failed)).toBe(outcome);
  });

  it.each([408, 409, 425, 500, 502, 503, 504, 301, 200])('is unsure by HTTP alone at status %i', (status) => {
    expect(callOutcome(HTTP_FAILURES, { status, code: null })).toBe('unsure');
  });
});

describe('a pause that the other side asks for', () => {
  const NOW_MS = Date.UTC(2026, 2, 2, 9);
  it.each([
    ['2', 2_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Mon, 02 Mar 2026 09:00:30 GMT', 30_000],
    ['Mon, 02 Mar 2026 08:59:30 GMT', 0],
    ['-1', null],
    ['soon', null],
    ['', null],
    [undefined, null],
  ])('%j is %j milliseconds', (header, ms) => {
    expect(retryAfterMs(header, NOW_MS)).toBe(ms);
  });
});
