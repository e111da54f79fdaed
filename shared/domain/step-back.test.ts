import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_ID } from '../../test/support/lead-case.ts';
import { VERSION } from '../../test/support/stored-examples.ts';
import { aRecord } from '../../test/support/stored-records.ts';
import type { DecisionRecord, Phase, SignalKind, Standing } from '../contracts/index.ts';
import type { SegmentRecord } from './promotion.ts';
import { stepBackDue } from './step-back.ts';

const LIMITS = { window: 10, signals: 2, coolDownDays: 14 };

const bad = (kind: SignalKind, changes: Partial<DecisionRecord> = {}, atMs = 1_000) =>
  aRecord({ caseId: CASE_ID, signals: [{ kind, atMs, by: 'p', fields: [], reason: 'A reason.' }], ...changes });
const good = (standing: Standing = 'alone') => aRecord({ caseId: CASE_ID, standing });

function due(records: readonly DecisionRecord[], changes: Partial<SegmentRecord> = {}) {
  const subject = { segment: null, version: VERSION, sinceMs: 0, coolDownUntilMs: 0, records };
  return stepBackDue({ ...subject, phase: 'full', ...changes }, LIMITS);
}

describe('a step back', () => {
  it.each<[Phase, string | null]>([
    ['full', 'partial'],
    ['partial', 'shadow'],
    ['shadow', null],
  ])('from %s leads to %s', (phase, to) => {
    expect(due([bad('undo'), bad('undo'), bad('undo')], { phase })?.to ?? null).toBe(to);
  });

  it('says in one line what went wrong, and names the cases', () => {
    expect(due([good(), bad('override'), bad('undo'), bad('degraded'), bad('undo')])).toEqual({
      to: 'partial',
      reason: '4 of the latest 5 decisions went wrong (1 overridden, 2 undone, 1 degraded); 2 are allowed.',
      cases: [CASE_ID, CASE_ID, CASE_ID, CASE_ID],
    });
  });

  it('comes at once on a breach', () => {
    expect(due([good(), bad('breach')])?.reason).toBe(`A breach in case ${CASE_ID.slice(0, 8)}: A reason.`);
  });

  it.each<[string, readonly DecisionRecord[]]>([
    ['at the limit', [bad('undo'), bad('undo')]],
    ['for edits', [bad('edit'), bad('edit'), bad('edit')]],
    [
      'for what lies beyond the window',
      [...Array.from({ length: 10 }, () => good()), bad('undo'), bad('undo'), bad('undo')],
    ],
    ['for what happened under another version', Array.from({ length: 5 }, () => bad('undo', { version: 'other' }))],
    [
      'for one decision that went wrong three times',
      [
        aRecord({
          caseId: CASE_ID,
          signals: (['override', 'undo', 'reversal'] as const).map((kind) => ({
            kind,
            atMs: 1,
            by: 'p',
            fields: [],
            reason: '',
          })),
        }),
      ],
    ],
  ])('does not come %s', (_why, records) => {
    expect(due(records)).toBeNull();
  });

  it('does not come twice for the same: what happened before the phase counts no more', () => {
    const records = [bad('undo'), bad('undo'), bad('undo')];
    expect(due(records, { sinceMs: 1_001 })).toBeNull();
    expect(due(records, { sinceMs: 1_000 })).not.toBeNull();
  });

  it('comes for what shows only after the phase began, of decisions from before it', () => {
    const late = [1, 2, 3].map(() => bad('reversal', { decidedAtMs: 10 }, 2_000));
    expect(due(late, { sinceMs: 1_500 })?.to).toBe('partial');
  });

  it('is not put off by decisions that nobody has answered', () => {
    const silent = Array.from({ length: 20 }, () => [good('waiting'), good('expired'), good('released')]).flat();
    expect(due([...silent, bad('undo'), bad('undo'), bad('undo')])?.to).toBe('partial');
  });

  it('comes exactly when more than the limit of the window went wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (all) => {
        const records = all.map((isBad) => (isBad ? bad('undo') : good()));
        const wrong = all.slice(0, LIMITS.window).filter(Boolean).length;
        expect(due(records) !== null).toBe(wrong > LIMITS.signals);
      }),
    );
  });
});
