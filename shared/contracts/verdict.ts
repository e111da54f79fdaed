import * as z from 'zod';

export const Reason = z.object({
  /** Stable code for metrics: `rule:score-exactly-7`, `low-confidence`, `missing-source`, `phase-shadow`, ... */
  code: z.string(),
  /** One sentence for people. */
  text: z.string(),
});
export type Reason = z.infer<typeof Reason>;

/**
 * What governance makes of a decision.
 * - `act`: carry out the actions, each by its own mode.
 * - `ask`: a person decides the case.
 * - `review`: shadow; a person reviews, nothing is done.
 * - `stop`: nothing is to be done and nobody need look (no action follows from the decision, or a person ended it).
 */
export const Verdict = z.object({ kind: z.enum(['act', 'ask', 'review', 'stop']), reasons: z.array(Reason) });
export type Verdict = z.infer<typeof Verdict>;
