import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';
import { Proof } from './request.ts';

export const SpotBand = z.enum(['new', 'unsure', 'sure']);
/**
 * How much is known of cases alike, which says how often they are drawn. `new`: few of the segment were checked so far.
 * `unsure`: the agents were nearer to the least confidence than to certainty. `sure`: all others.
 */
export type SpotBand = z.infer<typeof SpotBand>;

/** Cases that are drawn with one chance. */
export const SpotStratum = z.object({
  /** Segment id, or `all` for cases of no segment. */
  segment: Slug,
  /** Digest of the workflow's version that decided. */
  version: z.string(),
  band: SpotBand,
  /** How many there were to draw from, and how many were drawn. */
  cases: z.int().min(1),
  drawn: z.int().min(0),
  /** That any one of them is drawn (0..1, above 0). */
  probability: z.number().gt(0).max(1),
});
export type SpotStratum = z.infer<typeof SpotStratum>;

/** The draw of one day: from what, by what chance. Made once; from `seed` anybody can make it again. */
export const SpotDraw = z.object({
  workflow: Slug,
  /** Of UTC, in which the cases ended. */
  day: z.iso.date(),
  drawnAtMs: z.int(),
  seed: z.string(),
  /** Share (0..1) of the cases that is drawn on average. */
  share: z.number().min(0).max(1),
  strata: z.array(SpotStratum),
});
export type SpotDraw = z.infer<typeof SpotDraw>;

/** One case that was drawn, and what a person said of it. */
export const SpotCheck = z.object({
  caseId: CaseId,
  workflow: Slug,
  segment: Slug,
  version: z.string(),
  band: SpotBand,
  day: z.iso.date(),
  probability: z.number().gt(0).max(1),
  drawnAtMs: z.int(),
  /** `left-out`: nobody answered, so that it speaks for neither side. */
  state: z.enum(['open', 'checked', 'left-out']),
  /** The rest is null or empty until it is checked. */
  by: z.string().nullable(),
  proof: Proof.nullable(),
  checkedAtMs: z.int().nullable(),
  isRight: z.boolean().nullable(),
  /** Fields of the decision that are not right; `*` for all of it. */
  fields: z.array(z.string()),
  revision: z.int().min(0),
});
export type SpotCheck = z.infer<typeof SpotCheck>;
