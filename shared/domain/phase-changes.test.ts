import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { settingsIn } from '../../test/support/lead-case.ts';
import type { EvaluationEvidence, Phase, Settings } from '../contracts/index.ts';
import { inPhase, phaseUnder, settingsUnder, stateOf } from './phase-changes.ts';

const WORKFLOW = {
  ...leadQualification,
  segments: ['small', 'large'].map((id) => ({ id, title: id, when: () => true })),
};
const [SMALL, LARGE] = ['small', 'large'];
const given = (segment: string | null, phase: Phase, settings = settingsIn('shadow'), version: string | null = 'v1') =>
  inPhase(settings, WORKFLOW, { segment, phase, version, nowMs: 5 });
const under = (settings: Settings, version: string) =>
  [SMALL, LARGE, null].map((segment) => phaseUnder(settings, WORKFLOW, { segment: segment ?? null, version }));

describe('putting a segment into a phase', () => {
  it('moves that segment and no other', () => {
    expect(under(given('small', 'partial'), 'v1')).toEqual(['partial', 'shadow', 'shadow']);
    expect(under(given(null, 'partial'), 'v1')).toEqual(['shadow', 'shadow', 'partial']);
  });

  it('notes since when and under which version it holds', () => {
    expect(stateOf(given('small', 'partial'), 'small')).toMatchObject({ earnedUnder: 'v1', sinceMs: 5 });
    expect(stateOf(given('small', 'partial'), 'large')).toMatchObject({ earnedUnder: null, sinceMs: 0 });
  });

  it('keeps the version of what is left after a step back, and none in shadow', () => {
    const full = given('small', 'full');
    expect(stateOf(given('small', 'partial', full, null), 'small').earnedUnder).toBe('v1');
    expect(stateOf(given('small', 'shadow', full, null), 'small').earnedUnder).toBeNull();
    expect(stateOf(given('small', 'partial', settingsIn('full'), null), 'small').earnedUnder).toBeNull();
  });

  it('leaves every other segment where it was, whatever is changed in whatever order', () => {
    const segments = fc.constantFrom(null, 'small', 'large');
    const phases = fc.constantFrom<Phase>('shadow', 'partial', 'full');
    fc.assert(
      fc.property(fc.array(fc.tuple(segments, phases), { maxLength: 8 }), phases, (changes, first) => {
        const expected = new Map([null, 'small', 'large'].map((segment) => [segment, first]));
        const settings = changes.reduce((current, [segment, phase]) => {
          expected.set(segment, phase);
          return given(segment, phase, current);
        }, settingsIn(first));
        for (const [segment, phase] of expected) expect(stateOf(settings, segment).phase).toBe(phase);
      }),
    );
  });
});

describe('a new version', () => {
  const evaluation = (changes: Partial<EvaluationEvidence> = {}): EvaluationEvidence => ({
    ...{ version: 'v2', segment: 'small', decisions: 200, agreed: 197, failed: 0, evaluatedAtMs: 1, report: 'r' },
    ...changes,
  });

  it('begins in shadow where a phase was given under another one, and nowhere else', () => {
    const settings = given('small', 'full', settingsIn('partial'));
    expect(under(settings, 'v1')).toEqual(['full', 'partial', 'partial']);
    expect(under(settings, 'v2')).toEqual(['shadow', 'partial', 'partial']);
    expect(settingsUnder(settings, WORKFLOW, 'v2')).toMatchObject({ phase: 'partial', segments: { small: 'shadow' } });
  });

  it('keeps the phase that the deploy itself declares', () => {
    expect(under(settingsIn('full'), 'v2')).toEqual(['full', 'full', 'full']);
  });

  it('keeps a phase that an owner answers for', () => {
    expect(under({ ...given('small', 'full'), versionPolicy: 'keep' }, 'v2')[0]).toBe('full');
  });

  it.each<[string, EvaluationEvidence, Phase]>([
    ['keeps it with an evaluation that passes the gates', evaluation(), 'full'],
    ['begins anew with one that misses them', evaluation({ decisions: 200, agreed: 184 }), 'shadow'],
    ['begins anew with one that failed too often', evaluation({ failed: 20 }), 'shadow'],
    ['begins anew with one of another version', evaluation({ version: 'v3' }), 'shadow'],
    ['begins anew with one of another segment', evaluation({ segment: 'large' }), 'shadow'],
    ['believes no more right answers than there are', evaluation({ decisions: 10, agreed: 2_000 }), 'shadow'],
  ])('%s', (_why, evidence, phase) => {
    expect(under({ ...given('small', 'full'), evaluations: [evidence] }, 'v2')[0]).toBe(phase);
  });

  it('never gives more than the settings do', () => {
    const rank = { shadow: 0, partial: 1, full: 2 };
    const phases = fc.constantFrom<Phase>('shadow', 'partial', 'full');
    fc.assert(
      fc.property(phases, phases, fc.constantFrom('v1', 'v2', 'v3'), (first, second, version) => {
        const settings = given('small', second, settingsIn(first));
        for (const segment of [null, 'small', 'large']) {
          const now = phaseUnder(settings, WORKFLOW, { segment, version });
          expect(rank[now]).toBeLessThanOrEqual(rank[stateOf(settings, segment).phase]);
        }
      }),
    );
  });
});
