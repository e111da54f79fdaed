import type { Phase } from '../contracts/index.ts';

export interface Rollout {
  /** The phase that a fresh deployment starts in. */
  readonly phase: Phase;
  /** Below this calibrated confidence (0..1) a person decides. */
  readonly minimumConfidence: number;
  readonly gates: Gates;
  readonly stepBack: StepBack;
  /** Share (0..1) of the reviews in shadow that a person decides without seeing what the agents decided. */
  readonly blindShare: number;
  /** Share (0..1) of the reviews in shadow that a second person gives too, without seeing the first one's. Default 0. */
  readonly secondReviewShare: number;
  /** Share (0..1) of what is done without a person that people look at afterwards. Default 0.1; 0 for none. */
  readonly spotCheckShare: number;
  /** Minutes that one case took by hand before, as the team says: what time saved is counted from. */
  readonly minutesByHand?: number;
  /**
   * What the workflow is for: the action that a case should come to, and how the time until then is called, such as `From the
   * lead to the meeting mail`. `npm run roi` tells how far it is.
   */
  readonly aim?: { readonly title: string; readonly action: string };
}

/** What a segment must have shown before more autonomy is proposed. Shares are lower bounds of 95 % Wilson intervals. */
export interface Gates {
  /** Share of decisions on which agent and person agree. */
  readonly agreement: number;
  /** Fewer decisions prove nothing. */
  readonly minimumDecisions: number;
  /** Share of turns that failed or were degraded, at most; the plain share. */
  readonly errors: number;
  /** By field of the decision: how far a number may be off and still agree. Others agree when they are the same. */
  readonly tolerances: Readonly<Record<string, number>>;
}

/** When a segment loses autonomy by itself. */
export interface StepBack {
  /** Latest decisions that are looked at. */
  readonly window: number;
  /** Overrides, undos, reversals, degraded outputs and denied verdicts among them, at most. */
  readonly signals: number;
  /** No promotion is proposed for so long afterwards. */
  readonly coolDownDays: number;
}
