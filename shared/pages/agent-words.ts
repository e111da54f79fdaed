import type { Case, JsonObject, ModelTier, TurnResult } from '../contracts/index.ts';
import { isObject } from './json-schema.ts';

/** What an agent decided: an answer with choices holds it under `judgement`. Null where it did something else. */
export function decidedIn({ judgement }: Pick<TurnResult, 'judgement'>): JsonObject | null {
  const next = judgement?.['next'];
  if (next === 'decide' && isObject(judgement?.['judgement'])) return judgement['judgement'];
  return typeof next === 'string' && STEPS.has(next) ? null : judgement;
}

const STEPS: ReadonlySet<string> = new Set(['delegate', 'hand-over', 'ask']);

export function titleOf(titles: Readonly<Record<string, string>>, agent: string): string {
  return (Object.hasOwn(titles, agent) && titles[agent]) || agent;
}

/** Said wherever somebody is asked about what a script came to. */
export const SCRIPTED_WORDS = 'No model decided here: a script played turns that were written beforehand.';

/** Whether any of what was decided comes from a script. */
export function isScripted({ origins = [], decidedBy }: Pick<Case, 'origins' | 'decidedBy'>): boolean {
  return origins.some(({ tier }) => tier === 'scripted') || decidedBy?.endsWith('(scripted)') === true;
}

export const TIER_WORDS: Readonly<Record<ModelTier, string>> = {
  learned: 'the learned model',
  fast: 'the fast model',
  smart: 'the smart model',
  deep: 'the deep model',
  scripted: 'a script (no model: plays written turns)',
  person: 'a person',
};
