import { describe, expect, it } from 'vitest';
import { aTurn } from '../../test/support/domain-examples.ts';
import { settingsIn } from '../../test/support/lead-case.ts';
import { type Judged, judge } from './judge.ts';

const CONFIDENT: Judged = {
  decision: { tier: 'hot' },
  problems: [],
  turns: [aTurn()],
  confidence: 0.95,
  rules: [],
  missingSources: [],
  plannedActions: 2,
  settings: settingsIn('partial'),
  phase: 'partial',
  caps: [],
  citations: [],
};

describe('judge', () => {
  it('lets a confident, complete decision inside the limits act', () => {
    const verdict = judge(CONFIDENT);
    expect(verdict.kind).toBe('act');
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['within-remit']);
  });

  it.each<[string, Partial<Judged>, string]>([
    ['confidence below the limit', { confidence: 0.79 }, 'low-confidence'],
    ['confidence that is not a number', { confidence: Number.NaN }, 'low-confidence'],
    ['confidence above 1', { confidence: 1.5 }, 'low-confidence'],
    [
      'a limit that is not a number',
      { settings: settingsIn('partial', { minimumConfidence: Number.NaN }) },
      'low-confidence',
    ],
    ['a rule that holds', { rules: [{ code: 'rule:x', text: 'x' }] }, 'rule:x'],
    ['a missing source', { missingSources: [{ code: 'missing-source:x', text: 'x' }] }, 'missing-source:x'],
    ['a decision that does not fit', { decision: null, problems: ['no'] }, 'no-valid-decision'],
    ['no decision and nobody saying why', { decision: null, turns: [] }, 'no-valid-decision'],
    ['an answer without a judgement', { decision: null, plannedActions: 0 }, 'no-valid-decision'],
    ['a failed turn', { turns: [aTurn({ status: 'failed', doubts: ['time-out'] })] }, 'agent-failed'],
    ['a degraded turn', { turns: [aTurn({ status: 'degraded' })] }, 'degraded-output'],
    ['a doubt of the model', { turns: [aTurn({ doubts: ['unlike the examples'] })] }, 'model-doubt'],
    ['a source that it may not rest on', { citations: [{ code: 'no-source-cited', text: 'x' }] }, 'no-source-cited'],
    ['a turn without money left', { turns: [aTurn({ status: 'failed', cap: 'spend', doubts: ['no'] })] }, 'cap:spend'],
    ['a cap that its actions would pass', { caps: [{ code: 'cap:x', text: 'x' }] }, 'cap:x'],
    ['the kill switch', { settings: settingsIn('partial', { paused: true }) }, 'paused'],
  ])('asks on %s', (_what, change, code) => {
    const verdict = judge({ ...CONFIDENT, ...change });
    expect(verdict.kind).toBe('ask');
    expect(verdict.reasons.map((reason) => reason.code)).toEqual([code]);
    expect(verdict.reasons.every(({ text }) => text.length > 0)).toBe(true);
  });

  it('acts at exactly the limit', () => {
    expect(judge({ ...CONFIDENT, confidence: 0.8 }).kind).toBe('act');
  });

  it('lists every reason to ask, not only the first', () => {
    const verdict = judge({
      ...CONFIDENT,
      confidence: 0.1,
      turns: [aTurn({ doubts: ['a', 'b'] })],
      rules: [{ code: 'rule:x', text: 'x' }],
      missingSources: [{ code: 'missing-source:y', text: 'y' }],
      settings: settingsIn('partial', { paused: true }),
    });
    expect(verdict.reasons.map(({ code }) => code)).toEqual([
      ...['model-doubt', 'model-doubt', 'missing-source:y', 'rule:x', 'low-confidence', 'paused'],
    ]);
  });

  it('reviews in shadow, whatever else holds, with all doubts', () => {
    const phase = 'shadow';
    expect(judge({ ...CONFIDENT, phase }).reasons.map(({ code }) => code)).toEqual(['phase-shadow']);
    const doubtful = judge({ ...CONFIDENT, phase, confidence: 0 });
    expect(doubtful.kind).toBe('review');
    expect(doubtful.reasons.map(({ code }) => code)).toEqual(['phase-shadow', 'low-confidence']);
  });

  it('stops where no action follows, and asks first where it doubts even that', () => {
    expect(judge({ ...CONFIDENT, plannedActions: 0 }).kind).toBe('stop');
    expect(judge({ ...CONFIDENT, plannedActions: 0, confidence: 0.5 }).kind).toBe('ask');
  });
});
