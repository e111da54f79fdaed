import * as z from 'zod';
import { ModelTier } from './decision.ts';
import { Slug } from './ids.ts';
import { JsonObject } from './json.ts';
import { Versions } from './versions.ts';

/** Of one evaluation: its name at the API, and the first part of the names of its executions. */
export const EvaluationId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'an evaluation id has 32 hexadecimal digits')
  .brand<'EvaluationId'>();
export type EvaluationId = z.infer<typeof EvaluationId>;

/** The set of a workflow that its learned model is trained on; it is scored by cross-fitting. */
export const OWN_EXAMPLES = 'examples';

/** Most that one evaluation may cost. */
const MOST_USD = 100;

/** What is to be measured, and within which limits. */
export const EvaluationWish = z.strictObject({
  workflow: Slug,
  /** A labelled set that was deployed with the workflow. */
  set: Slug.default(OWN_EXAMPLES),
  models: z
    .array(ModelTier.exclude(['scripted', 'person']))
    .min(1)
    .default(['learned']),
  /** Only the first so many examples; null for all. */
  limit: z.int().min(1).nullable().default(null),
  maxUsd: z.number().min(0).max(MOST_USD).default(5),
  /** Decisions per month, for the cost. */
  volume: z.number().min(0).default(1_000),
});
export type EvaluationWish = z.infer<typeof EvaluationWish>;

/**
 * | state | what it says |
 * |---|---|
 * | `running` | it was begun, and nothing is known yet |
 * | `measured` | the report is there; `passes` says whether the gates are passed |
 * | `not-measured` | it ended without figures; `problem` says why. What was run of it is kept |
 */
export const EvaluationState = z.enum(['running', 'measured', 'not-measured']);
export type EvaluationState = z.infer<typeof EvaluationState>;

export const EvaluationOutcome = z.object({
  state: EvaluationState.exclude(['running']),
  passes: z.boolean(),
  /** Why it was not measured, for people; null where it was. */
  problem: z.string().nullable(),
  /** Gates and shares in short; null where it was not measured. */
  figures: JsonObject.nullable(),
  /** Of the report as it was made, rows by their digests: removing a row leaves it as it is. Null where there is none. */
  reportDigest: z.string().nullable().default(null),
  endedAtMs: z.int(),
});
export type EvaluationOutcome = z.infer<typeof EvaluationOutcome>;

/** An evaluation on the stack, as it is kept. */
export const EvaluationRun = z.object({
  id: EvaluationId,
  wish: EvaluationWish,
  /** What runs, and is measured. Another version is another evaluation. */
  versions: Versions,
  by: z.string(),
  startedAtMs: z.int(),
  /** From 1; one more each time that it is gone on with. */
  attempt: z.int().min(1),
  state: EvaluationState,
  outcome: EvaluationOutcome.nullable(),
});
export type EvaluationRun = z.infer<typeof EvaluationRun>;

/** A labelled set as it was deployed, told apart by its digest. */
export const DeployedSet = z.object({ name: Slug, digest: z.string(), examples: z.int() });
export type DeployedSet = z.infer<typeof DeployedSet>;
