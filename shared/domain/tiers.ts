import type { ActionDefinition } from '../authoring/index.ts';
import type { ActionMode, Phase, Tier } from '../contracts/index.ts';

/** What of an action's definition says how it is carried out. */
export interface Carried {
  readonly tier: Tier;
  readonly holdMinutes: ActionDefinition['holdMinutes'];
  readonly compensation: ActionDefinition['compensation'];
  readonly connector: Pick<ActionDefinition['connector'], 'effect'>;
}

/**
 * How an action is carried out, by tier and phase. What cannot be taken back is asked, whatever its tier says.
 *
 * | tier \ phase | shadow | partial | full |
 * |---|---|---|---|
 * | autonomous | review | perform | perform |
 * | notify | review | ask | hold with an undo link, or perform-and-tell with a compensation; else ask |
 * | approve | review | ask | ask |
 */
export function modeOf({ tier, holdMinutes, compensation, connector }: Carried, phase: Phase): ActionMode {
  if (phase === 'shadow') return 'review';
  if (connector.effect === 'irreversible' || tier === 'approve') return 'ask';
  if (tier === 'autonomous') return 'perform';
  if (phase === 'partial') return 'ask';
  if (holdMinutes !== null) return 'hold';
  return compensation === null ? 'ask' : 'perform-and-tell';
}

const STRICTNESS: Readonly<Record<ActionMode, number>> = {
  perform: 0,
  'perform-and-tell': 1,
  hold: 2,
  ask: 3,
  review: 4,
};

/** Of two modes the one that does less without people. */
export function stricterMode(a: ActionMode, b: ActionMode): ActionMode {
  return STRICTNESS[a] >= STRICTNESS[b] ? a : b;
}

const CAUTION: Readonly<Record<Phase, number>> = { shadow: 2, partial: 1, full: 0 };

export function stricterPhase(a: Phase, b: Phase): Phase {
  return CAUTION[a] >= CAUTION[b] ? a : b;
}
