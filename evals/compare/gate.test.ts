import { describe, expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { type About, type Report, reportOf } from '../report/report.ts';
import type { CaseResult } from '../run/result.ts';
import { many, resultThat, wrongAlone } from '../testing/results.ts';
import { baselineOf } from './baseline.ts';
import { type EarlierRun, parseEarlier } from './earlier.ts';
import { gateVerdict } from './gate.ts';

const ABOUT: About = {
  ...{ workflow: 'desk', title: 'Desk', summary: '', version: 'v', set: 's', setDigest: 'd', examples: 200, seen: [] },
  ...{ notRun: [], tiers: ['learned'], models: [], honesty: '', minimumConfidence: 0.8, concurrency: 1 },
  ...{ startedAtMs: 0, tookMs: 1, node: 'v24' },
};

function reportThat(results: readonly CaseResult[], earlier: EarlierRun | null = null, notRun: string[] = []): Report {
  const rest = { training: [], hints: {}, volume: 1, examples: [], against: earlier?.cases ?? null };
  return reportOf({ about: { ...ABOUT, notRun }, workflow: leadQualification, results, ...rest });
}

/** As it is committed, and read again. */
const baseline = (results: readonly CaseResult[]): EarlierRun => parseEarlier(baselineOf(reportThat(results)));

const GOOD = many(200, resultThat);
/** Misses its gates, today as before. */
const POOR = [...many(100, resultThat), ...many(100, wrongAlone, 'wrong')];
const WORSE = [...many(85, resultThat), ...many(15, (said) => wrongAlone(said)), ...many(100, wrongAlone, 'wrong')].map(
  (result, at) => ({ ...result, id: POOR[at]?.id ?? '' }),
);

test('a baseline says of each case what a comparison needs, the same on every machine, and nothing of what came in', () => {
  const slower = GOOD.map((result) => ({ ...result, tookMs: 9_000, because: ['Ada asked for it.'] }));
  expect(baselineOf(reportThat(slower))).toBe(baselineOf(reportThat(GOOD)));
  expect(baseline(GOOD).cases).toHaveLength(200);
  expect(baseline(GOOD).gates.map(({ id }) => id)).not.toContain('latency');
  expect(reportThat(GOOD, baseline(GOOD)).comparison).toMatchObject({ pairs: 200, latency: null });
});

describe('the gate of a CI', () => {
  const held = (after: readonly CaseResult[], before: readonly CaseResult[], notRun: string[] = []) => {
    const earlier = baseline(before);
    return gateVerdict(reportThat(after, earlier, notRun), earlier);
  };

  test('without an earlier run is that of the workflow', () => {
    expect(gateVerdict(reportThat(GOOD), null)).toEqual({ holds: true, because: ['All gates are passed.'] });
    expect(gateVerdict(reportThat(POOR), null).holds).toBe(false);
  });

  test('beside an earlier run asks for no more than that one showed', () => {
    expect(held(POOR, POOR).holds).toBe(true);
    expect(held(GOOD, GOOD).because).toEqual([expect.stringContaining('Not worse than before.')]);
  });

  test('is shut where more became wrong than chance would have', () => {
    expect(held(WORSE, POOR)).toEqual({ holds: false, because: [expect.stringContaining('15 became wrong')] });
  });

  test('is shut where a gate is missed that was passed, though the difference may be chance', () => {
    const few = many(74, resultThat);
    const one = few.map((result, at) => (at < 2 ? wrongAlone({ id: result.id }) : result));
    const verdict = held(one, few);
    expect(verdict.holds).toBe(false);
    expect(verdict.because.every((reason) => reason.startsWith('Missed, and passed before'))).toBe(true);
  });

  test('is shut where cases of before are left out, or the money was spent', () => {
    expect(held(GOOD.slice(1), GOOD).because).toEqual([expect.stringContaining('1 cases of the earlier run')]);
    expect(held(GOOD, GOOD, ['left'])).toMatchObject({ holds: false });
    expect(held([...GOOD, resultThat({ id: 'added' })], GOOD).holds).toBe(true);
  });
});
