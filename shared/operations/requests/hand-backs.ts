/** After so many hand-backs the agents are not asked again: a person decides. */
export const MOST_HAND_BACKS = 3;
