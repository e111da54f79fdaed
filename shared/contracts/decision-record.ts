import * as z from 'zod';
import { ModelTier, Opinion } from './decision.ts';
import { CaseId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';
import { Verb } from './request.ts';
import { Phase } from './settings.ts';

export const SignalKind = z.enum([
  'override',
  'edit',
  'reject',
  'undo',
  'reversal',
  'degraded',
  'denied',
  'breach',
  'found-wrong',
]);
/**
 * What counts against the agent.
 * - `override`: a person decided otherwise than the agent would have by itself. `edit`: with other values.
 * - `reject`: a person refused what it proposed. `undo`: what it did was stopped or taken back.
 * - `reversal`: the decision was overturned later. `degraded`: it came after failed checks.
 * - `denied`: it could not be carried out under the workflow's own rules. `breach`: it went against policy or budget.
 * - `found-wrong`: a person who was asked afterwards, in a spot-check, says that it was not right.
 */
export type SignalKind = z.infer<typeof SignalKind>;

export const Signal = z.object({
  kind: SignalKind,
  atMs: z.int(),
  /** Who gave it; `remit` for the platform itself. */
  by: z.string(),
  /** The fields that it is about; empty for the whole decision. */
  fields: z.array(z.string()),
  reason: z.string(),
});
export type Signal = z.infer<typeof Signal>;

/** Stands in `compared` for a whole decision whose fields were not given one by one. */
export const WHOLE_DECISION = '*';

export const Compared = z.object({ field: z.string(), agrees: z.boolean() });
export type Compared = z.infer<typeof Compared>;

export const Standing = z.enum(['waiting', 'alone', 'reviewed', 'released', 'expired']);
/**
 * `waiting`: a person is asked. `alone`: nobody was asked. `reviewed`: a person has said something about it.
 * `released`: a remembered approval let it go. `expired`: nobody answered. The last two speak for neither side.
 */
export type Standing = z.infer<typeof Standing>;

/** One decision of the agents and what became of it: what autonomy is earned and lost by. */
export const DecisionRecord = z.object({
  caseId: CaseId,
  workflow: Slug,
  segment: Slug.nullable(),
  /** Digest of the workflow's version that decided: it proves nothing about another one. */
  version: z.string(),
  tier: ModelTier,
  /** That the case was treated in. */
  phase: Phase,
  decidedAtMs: z.int(),
  standing: Standing,
  /** Nothing but the phase or the tier of an action stood in the way of acting. */
  isSure: z.boolean(),
  /** The person decided without having seen what the agents had decided. */
  isBlind: z.boolean(),
  /** A turn failed or was degraded. */
  hasFailed: z.boolean(),
  agentDecision: JsonObject.nullable(),
  personDecision: JsonObject.nullable(),
  /** Who answered last; null while nobody has. */
  by: z.string().nullable(),
  /** In the person's words; may be empty. */
  reason: z.string(),
  /** Field by field, and `<action>` or `<action>.<argument>` for what was proposed. */
  compared: z.array(Compared),
  signals: z.array(Signal),
  /** What each tier had said of it, for measuring how often people agree; not there in records of earlier versions. */
  opinions: z.array(Opinion.pick({ tier: true, model: true, stated: true, judgement: true })).optional(),
  /** Goes up with each change: a write that knows an older one is refused. */
  revision: z.int().min(0),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

/** One answer of one person, for the quality of reviewing. */
export const Review = z.object({
  workflow: Slug,
  caseId: CaseId,
  requestId: z.string(),
  person: z.string(),
  verb: Verb,
  atMs: z.int(),
  /** From seeing the question to the answer; from the question's opening where nothing better is known. */
  tookMs: z.int().min(0),
  /** Characters that there were to read. */
  cardLength: z.int().min(0),
  /** Whether a known-answer item was answered rightly; null for an item whose answer is not known. */
  isRight: z.boolean().nullable(),
});
export type Review = z.infer<typeof Review>;

/** A question whose right answer is known before it is asked. Nothing that a reviewer sees tells it from others. */
export const Seed = z.object({
  caseId: CaseId,
  workflow: Slug,
  /** What the question shows as the agents' decision. */
  shown: JsonObject,
  /** The right decision. */
  answer: JsonObject,
  by: z.string(),
  seededAtMs: z.int(),
});
export type Seed = z.infer<typeof Seed>;
