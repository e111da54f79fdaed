import type { Note } from '../contracts/index.ts';

/** After so many hand-backs the agents are not asked again: a person decides. */
export const MOST_HAND_BACKS = 3;

/** Rounds of agents and people that a case may go through before the agents decide nothing in it any more. */
export const MOST_ROUNDS = 20;

/** Whether the agents may be told more and asked once more. */
export function mayHandBack(notes: readonly Note[]): boolean {
  return notes.length < MOST_HAND_BACKS;
}
