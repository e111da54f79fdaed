import { describe, expect, it } from 'vitest';
import type { ActionMode, Phase, Tier } from '../contracts/index.ts';
import { modeOf, stricterMode, stricterPhase } from './tiers.ts';

const REVERSIBLE: readonly [Tier, Phase, ActionMode][] = [
  ['autonomous', 'shadow', 'review'],
  ['autonomous', 'partial', 'perform'],
  ['autonomous', 'full', 'perform'],
  ['notify', 'shadow', 'review'],
  ['notify', 'partial', 'ask'],
  ['notify', 'full', 'perform-and-tell'],
  ['approve', 'shadow', 'review'],
  ['approve', 'partial', 'ask'],
  ['approve', 'full', 'ask'],
];

describe('tiers and phases', () => {
  it.each(REVERSIBLE)('%s in %s: %s', (tier, phase, mode) => {
    expect(modeOf(tier, phase, 'reversible')).toBe(mode);
  });

  it.each(REVERSIBLE)('asks at least as much for what cannot be taken back: %s in %s', (tier, phase, mode) => {
    const expected = tier === 'notify' && phase === 'full' ? 'ask' : mode;
    expect(modeOf(tier, phase, 'irreversible')).toBe(expected);
  });

  it('does less without people the stricter the phase', () => {
    for (const [tier] of REVERSIBLE) {
      const full = modeOf(tier, 'full', 'reversible');
      const partial = modeOf(tier, 'partial', 'reversible');
      expect(stricterMode(full, partial)).toBe(partial);
      expect(stricterMode(partial, modeOf(tier, 'shadow', 'reversible'))).toBe('review');
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
