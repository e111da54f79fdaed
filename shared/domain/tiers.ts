import type { ActionMode, Phase, Tier } from '../contracts/index.ts';

/**
 * How an action is carried out, by tier and phase. A notify action in phase full goes out and people are told, where its
 * effect can be taken back; where it cannot, it is asked.
 *
 * | tier \ phase | shadow | partial | full |
 * |---|---|---|---|
 * | autonomous | review | perform | perform |
 * | notify | review | ask | perform-and-tell, or ask where irreversible |
 * | approve | review | ask | ask |
 */
export function modeOf(tier: Tier, phase: Phase, effect: 'reversible' | 'irreversible'): ActionMode {
  if (phase === 'shadow') return 'review';
  switch (tier) {
    case 'autonomous':
      return 'perform';
    case 'notify':
      return phase === 'full' && effect === 'reversible' ? 'perform-and-tell' : 'ask';
    case 'approve':
      return 'ask';
  }
}

const STRICTNESS: Readonly<Record<ActionMode, number>> = { perform: 0, 'perform-and-tell': 1, ask: 2, review: 3 };

/** Of two modes the one that does less without people. */
export function stricterMode(a: ActionMode, b: ActionMode): ActionMode {
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

const CAUTION: Readonly<Record<Phase, number>> = { shadow: 2, partial: 1, full: 0 };

export function stricterPhase(a: Phase, b: Phase): Phase {
  return CAUTION[a] >= CAUTION[b] ? a : b;
}
