import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { settingsIn } from '../../test/support/lead-case.ts';
import { changesBetween, loosenings, type SettingsWish, wished, wishProblems } from './settings-change.ts';
import { membershipOf } from './team-members.ts';

const WORKFLOW = {
  ...leadQualification,
  segments: [{ id: 'small', title: 'Small', when: () => true }],
  caps: [{ id: 'mails', counts: 'effects', per: 'day', limit: 10, actions: [], currency: null } as const],
};
const CONTEXT = { workflow: WORKFLOW, version: 'v1', nowMs: 1_000 };
const BEFORE = settingsIn('partial', { caps: { mails: 8 } });
const isLooser = (wish: SettingsWish, before = BEFORE) =>
  loosenings(before, wished(before, wish, CONTEXT), CONTEXT).length > 0;

describe('a change of settings', () => {
  it.each<[string, SettingsWish, boolean]>([
    ['a phase up', { phase: 'full' }, true],
    ['a phase down', { phase: 'shadow' }, false],
    ['a segment up', { segments: { small: 'full' } }, true],
    ['a segment down', { segments: { small: 'shadow' } }, false],
    ['one up and one down', { phase: 'shadow', segments: { small: 'full' } }, true],
    ['a smaller share', { partialShare: 0.5 }, false],
    ['a higher confidence', { minimumConfidence: 0.9 }, false],
    ['a lower confidence', { minimumConfidence: 0.7 }, true],
    ['a lower cap', { caps: { mails: 1 } }, false],
    ['a higher cap', { caps: { mails: 9 } }, true],
    ['the declared cap, which is higher', { caps: { mails: null } }, true],
    ['switched off', { paused: true }, false],
    ['phases kept for new versions', { versionPolicy: 'keep' }, true],
    ['nothing', {}, false],
  ])('%s: looser is %s', (_what, wish, expected) => {
    expect(isLooser(wish)).toBe(expected);
  });

  it('is looser when it takes a strictness back', () => {
    expect(isLooser({ paused: false }, { ...BEFORE, paused: true })).toBe(true);
    expect(isLooser({ partialShare: 1 }, { ...BEFORE, partialShare: 0.5 })).toBe(true);
  });

  it('notes the version that a phase is given under, and since when it holds', () => {
    expect(wished(BEFORE, { segments: { small: 'full' } }, CONTEXT)).toMatchObject({
      ...{ segments: { small: 'full' }, earnedUnder: { small: 'v1' }, coolDownUntilMs: {}, revision: 2 },
    });
    expect(wished(BEFORE, { phase: 'shadow' }, CONTEXT)).toMatchObject({
      ...{ phase: 'shadow', segments: { small: 'partial' }, earnedUnder: {} },
      ...{ coolDownUntilMs: {}, phaseSinceMs: { all: 1_000 } },
    });
  });

  it('names what the workflow does not have', () => {
    expect(wishProblems({ segments: { huge: 'full' }, caps: { money: 1 } }, WORKFLOW)).toEqual([
      'The workflow has no segment "huge".',
      'The workflow has no cap "money".',
    ]);
  });

  it('is told setting by setting', () => {
    const after = wished(BEFORE, { minimumConfidence: 0.9, caps: { mails: null } }, CONTEXT);
    expect(changesBetween(BEFORE, after)).toEqual([
      { setting: 'minimumConfidence', before: 0.8, after: 0.9 },
      { setting: 'caps', before: { mails: 8 }, after: {} },
    ]);
  });
});

describe('a member of the team', () => {
  const workflow = {
    ...leadQualification,
    team: { ...leadQualification.team, roles: { finance: ['fin@remit.example'] } },
  };
  it.each([
    ['Sales-Lead@remit.example', 'owner'],
    ['sales-deputy@remit.example', 'approver'],
    ['fin@remit.example', 'approver'],
    ['stranger@remit.example', null],
  ])('%s is %s', (person, membership) => {
    expect(membershipOf(workflow, person)).toBe(membership);
  });
});
