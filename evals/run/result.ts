import * as z from 'zod';
import { FieldConfidence, JsonObject, Reason, Tier } from '../../shared/contracts/index.ts';

/** What became of one labelled example. A run is a file of these, one per line. */
export const CaseResult = z.object({
  id: z.string(),
  /** Of the example's case and label. */
  digest: z.string(),
  /** Which fold's model scored it; null where no model had seen it anyway. */
  fold: z.int().nullable(),
  /** `answered`: a decision that fits its schema. `invalid`: an answer from which none could be made. */
  status: z.enum(['answered', 'invalid', 'degraded', 'failed']),
  /** Who answered last, as `<agent> (<tier>)`. */
  by: z.string(),
  model: z.string(),
  judgement: JsonObject.nullable(),
  decision: JsonObject.nullable(),
  expected: JsonObject,
  /** What the workflow's own rules make of what is right; null where they make no decision of it. */
  expectedDecision: JsonObject.nullable(),
  confidence: z.number(),
  fields: z.array(FieldConfidence),
  /** Fields of the decision that differ from the right one, and of the judgement that differ from the label. */
  wrongFields: z.array(z.string()),
  wrongJudged: z.array(z.string()),
  isRight: z.boolean(),
  /** Nobody is asked: the actions follow, or none does. */
  isAlone: z.boolean(),
  /** Why a person is asked. */
  reasons: z.array(Reason),
  /** Of the actions that follow from the decision; empty for none. */
  tiers: z.array(Tier),
  /** The same actions follow from the right decision; null where that is not known. */
  sameActions: z.boolean().nullable(),
  segment: z.string().nullable(),
  because: z.array(z.string()),
  attempts: z.array(z.string()),
  costUsd: z.number().min(0),
  tookMs: z.number().min(0),
});
export type CaseResult = z.infer<typeof CaseResult>;
