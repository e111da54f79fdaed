import { describe, expect, it } from 'vitest';
import type { ActionMode, Phase, Tier } from '../contracts/index.ts';
import { type Carried, modeOf, stricterMode, stricterPhase } from './tiers.ts';

const TAKES_BACK = { action: 'take-back', arguments: () => ({}) };
const action = (tier: Tier, changes: Partial<Carried> = {}): Carried => ({
  ...{ tier, holdMinutes: null, compensation: null, connector: { effect: 'reversible' } },
  ...changes,
});

const TABLE: readonly [Tier, Phase, ActionMode, string, Partial<Carried>][] = [
  ['autonomous', 'shadow', 'review', 'shadow does nothing', {}],
  ['autonomous', 'partial', 'perform', 'it is small', {}],
  ['autonomous', 'full', 'perform', 'it is small', {}],
  ['notify', 'shadow', 'review', 'shadow does nothing', { holdMinutes: 10, compensation: TAKES_BACK }],
  ['notify', 'partial', 'ask', 'people want to know of it', { holdMinutes: 10, compensation: TAKES_BACK }],
  ['notify', 'full', 'hold', 'people can stop it', { holdMinutes: 10, compensation: TAKES_BACK }],
  ['notify', 'full', 'hold', 'people can stop it', { holdMinutes: 10 }],
  ['notify', 'full', 'perform-and-tell', 'people can take it back', { compensation: TAKES_BACK }],
  ['notify', 'full', 'ask', 'nobody could stop it or take it back', {}],
  ['approve', 'shadow', 'review', 'shadow does nothing', {}],
  ['approve', 'partial', 'ask', 'people decide', { holdMinutes: 10 }],
  ['approve', 'full', 'ask', 'people decide', { compensation: TAKES_BACK }],
];

describe('tiers and phases', () => {
  it.each(TABLE)('%s in %s: %s, because %s', (tier, phase, mode, _why, changes) => {
    expect(modeOf(action(tier, changes), phase)).toBe(mode);
  });

  it.each(TABLE)('asks for what cannot be taken back: %s in %s', (tier, phase, _mode, _why, changes) => {
    const irreversible = action(tier, { ...changes, connector: { effect: 'irreversible' } });
    expect(modeOf(irreversible, phase)).toBe(phase === 'shadow' ? 'review' : 'ask');
  });

  it('does less without people the stricter the phase', () => {
    for (const [tier, , , , changes] of TABLE) {
      const [full, partial, shadow] = (['full', 'partial', 'shadow'] as const).map((phase) =>
        modeOf(action(tier, changes), phase),
      );
      expect(stricterMode(full ?? 'review', partial ?? 'review')).toBe(partial);
      expect(stricterMode(partial ?? 'perform', shadow ?? 'perform')).toBe('review');
    }
  });

  it.each<[Phase, Phase, Phase]>([
    ['full', 'partial', 'partial'],
    ['partial', 'full', 'partial'],
    ['shadow', 'full', 'shadow'],
    ['partial', 'shadow', 'shadow'],
    ['full', 'full', 'full'],
  ])('of the phases %s and %s the stricter is %s', (a, b, stricter) => {
    expect(stricterPhase(a, b)).toBe(stricter);
  });
});
