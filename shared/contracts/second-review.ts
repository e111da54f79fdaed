import * as z from 'zod';
import { CaseId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';
import { Proof } from './request.ts';

/** What one of two reviewers said of a decision. */
export const ReviewSaid = z.object({
  by: z.string(),
  proof: Proof,
  atMs: z.int(),
  /** Whether they decided as the agents did. */
  agrees: z.boolean(),
  /** What they decided; null where they only disagreed. */
  decision: JsonObject.nullable(),
});
export type ReviewSaid = z.infer<typeof ReviewSaid>;

/** A review in shadow that two people are asked for, each without knowing of the other's answer. */
export const SecondReview = z.object({
  caseId: CaseId,
  workflow: Slug,
  /** Segment id, or `all` for cases of no segment. */
  segment: Slug,
  version: z.string(),
  openedAtMs: z.int(),
  /** Who is asked besides. Their answer decides nothing. */
  person: z.email(),
  /** Null until the second question is put. */
  askedAtMs: z.int().nullable(),
  first: ReviewSaid.nullable(),
  second: ReviewSaid.nullable(),
  /** The time of the second one is over, answered or not. */
  isOver: z.boolean(),
  revision: z.int().min(0),
});
export type SecondReview = z.infer<typeof SecondReview>;
