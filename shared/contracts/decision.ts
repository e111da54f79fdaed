import * as z from 'zod';
import { Slug } from './ids.ts';
import { Json, JsonObject } from './json.ts';

/** One read of a declared source, as evidence. */
export const Reading = z.object({
  source: Slug,
  status: z.enum(['complete', 'incomplete', 'failed']),
  readAtMs: z.int(),
  tookMs: z.number().min(0),
  data: Json,
  /** Names of the fields that were missing, or what went wrong, for people to read. */
  problems: z.array(z.string()),
  /** What it was asked for; not there where that could not be said, and in records of earlier versions. */
  arguments: JsonObject.optional(),
  /** SHA-256 over the JSON of `data` as it was read. */
  digest: z.string().optional(),
  /** Where the whole reading is kept that is too large to be handed on: `data` is null here then. `bytes` of JSON. */
  kept: z.object({ id: z.string(), bytes: z.int() }).optional(),
});
export type Reading = z.infer<typeof Reading>;

export const Usage = z.object({
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  cacheReadTokens: z.int().min(0),
  cacheWriteTokens: z.int().min(0),
  costUsd: z.number().min(0),
});
export type Usage = z.infer<typeof Usage>;

export const ModelTier = z.enum(['learned', 'fast', 'smart', 'deep', 'scripted', 'person']);
export type ModelTier = z.infer<typeof ModelTier>;

/** One field of a judgement and how sure the model may be of it. */
export const FieldConfidence = z.object({
  field: z.string(),
  /** Calibrated probability that a person would agree (0..1). */
  confidence: z.number().min(0).max(1),
  /** The field's own threshold; null where the examples support none. */
  threshold: z.number().nullable(),
  /** What spoke for the value, in words. */
  because: z.array(z.string()),
});
export type FieldConfidence = z.infer<typeof FieldConfidence>;

/** What one tier of the cascade said, whether it decided or not. */
export const Opinion = z.object({
  tier: ModelTier,
  model: z.string(),
  status: z.enum(['answered', 'degraded', 'failed']),
  judgement: JsonObject.nullable(),
  /** How sure it said that it is (0..1). For Claude an input of the calibration and no more. */
  stated: z.number(),
  /** What that counted for: how often people agree with it where it says so. */
  confidence: z.number(),
  /** Why it did not decide alone, in words; empty for the one that did. */
  doubts: z.array(z.string()),
  costUsd: z.number(),
});
export type Opinion = z.infer<typeof Opinion>;

/** What one model made of the facts: the agent's answer, or why there is none. */
export const TurnResult = z.object({
  agent: Slug,
  status: z.enum(['answered', 'degraded', 'failed']),
  tier: ModelTier,
  model: z.string(),
  /** Valid against the agent's schema when status is `answered`; a draft otherwise. */
  judgement: JsonObject.nullable(),
  /** Calibrated probability that the whole judgement is right. */
  confidence: z.number().min(0).max(1),
  fields: z.array(FieldConfidence),
  reasons: z.array(z.string()),
  /** Why this answer may not stand alone, in words; empty when it may. */
  doubts: z.array(z.string()),
  readings: z.array(Reading),
  usage: Usage,
  startedAtMs: z.int(),
  tookMs: z.number().min(0),
  /** Ids of the sources that the answer says it rests on; null where the model does not say. */
  cites: z.array(z.string()).nullable().default(null),
  /** Earlier answers that failed their checks, as they came, the longest cut. */
  attempts: z.array(z.string()).default([]),
  /** The cap that kept a model from being asked. */
  cap: Slug.nullable().default(null),
  /** Of all tiers that were asked, in that order; not there in records of earlier versions. */
  opinions: z.array(Opinion).optional(),
});
export type TurnResult = z.infer<typeof TurnResult>;

/** A turn that is due, and what its agent is handed. */
export const DueTurn = z.object({
  agent: Slug,
  /**
   * - `first`: it begins. `hand-over`: another agent passes the case on to it, with what it takes.
   * - `delegated`: its leader gives it a piece of work. `report`: its agents' results go back to the leader.
   * - `debate`: it reads what the others of the panel said, and answers again. `judge`: it decides between them.
   * - `again`: a person answered its question.
   */
  purpose: z.enum(['first', 'hand-over', 'delegated', 'report', 'debate', 'judge', 'again']),
  /** Whose words it is handed; empty for nobody's. */
  from: z.array(Slug),
  /** Valid against what the agent takes; null for nothing. */
  handOver: JsonObject.nullable(),
});
export type DueTurn = z.infer<typeof DueTurn>;

/** Which agent a field of the decision comes from, by which tier of the models, and how sure that was. */
export const FieldOrigin = z.object({
  field: z.string(),
  agent: Slug,
  tier: ModelTier,
  /** Probability that a person would agree (0..1). */
  confidence: z.number().min(0).max(1),
});
export type FieldOrigin = z.infer<typeof FieldOrigin>;

/** How the members of a panel voted. */
export const VoteCount = z.object({
  rule: z.enum(['unanimous', 'majority', 'weighted']),
  /** Null: the member came to no position. */
  votes: z.array(z.object({ agent: Slug, weight: z.number().min(0), position: JsonObject.nullable() })),
  /** What the rule asks for, in weight, and what the position with the most has. */
  needed: z.number(),
  most: z.number(),
  /** The position that the rule carries; null where it carries none. */
  carried: JsonObject.nullable(),
});
export type VoteCount = z.infer<typeof VoteCount>;
