import * as z from 'zod';
import { ActionId, CaseId, RequestId, Slug } from './ids.ts';
import { Json } from './json.ts';
import { Money } from './money.ts';
import { Proof } from './request.ts';

/** Days after the yes that a remembered approval may last at most. */
export const LONGEST_SHAPE_DAYS = 90;

/** `<workflow>.<32 hexadecimal digits>`: whoever knows the id knows where it is kept. */
export const ShapeId = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\.[0-9a-f]{32}$/, 'a shape id reads like lead-qualification.0123…')
  .brand<'ShapeId'>();
export type ShapeId = z.infer<typeof ShapeId>;

/**
 * Which actions are alike. Fields are named by dotted path down to their smallest parts; a list is one part. A field
 * that is not named at all keeps an action from being alike.
 */
export const ShapeOutline = z.object({
  action: Slug,
  /** Of the action's intent; null where only fields tell. */
  effect: z.string().nullable().default(null),
  /** Cases of this segment; null for cases of none. */
  segment: Slug.nullable().default(null),
  /** Exactly these values. */
  fixed: z.record(z.string(), Json).default({}),
  /** Numbers from 0 to this one. */
  limits: z.record(z.string(), z.number().min(0)).default({}),
  /** What it moves at most; null for actions that move no money. */
  maxAmount: Money.nullable().default(null),
  /** Whatever these hold. */
  freeFields: z.array(z.string()).default([]),
});
export type ShapeOutline = z.infer<typeof ShapeOutline>;

/** A yes that is remembered: actions alike go ahead without asking, so often and until then. */
export const Shape = ShapeOutline.extend({
  id: ShapeId,
  workflow: Slug,
  /** Of the action, for people. */
  title: z.string(),
  author: z.email(),
  /** How it is known that the author asked for it to be remembered. */
  proof: Proof,
  /** The yes that it came from. */
  from: z.object({ caseId: CaseId, requestId: RequestId, actionId: ActionId }),
  createdAtMs: z.int(),
  /** At most 90 days after the yes. */
  expiresAtMs: z.int(),
  maximumUses: z.int().min(1),
  /** Counted as an intent is noted. One that came to nothing for certain stays counted. */
  uses: z.int().min(0),
  revoked: z.object({ by: z.string(), atMs: z.int(), reason: z.string() }).nullable(),
});
export type Shape = z.infer<typeof Shape>;

/** How wide a yes is to be remembered. Every field that is neither limited nor free keeps its value. */
export const ShapeChoice = z.strictObject({
  limits: z.record(z.string(), z.number().min(0)).default({}),
  /** In place of exactly what this one moves. */
  maxAmount: Money.nullable().default(null),
  freeFields: z.array(z.string()).default([]),
  /** From the yes on. */
  days: z.int().min(1).max(LONGEST_SHAPE_DAYS),
  maximumUses: z.int().min(1).max(1_000),
});
export type ShapeChoice = z.infer<typeof ShapeChoice>;
