import * as z from 'zod';
import { JsonObject } from '../json.ts';
import { Answer, FactChange, Proof } from '../request.ts';
import { Shape } from '../shape.ts';

const actionId = z.string();
const intent = z.object({ effect: z.string(), target: z.string() });

/** What happens to an action. */
export const actionEvents = [
  z.object({
    type: z.literal('action-edited'),
    actionId,
    by: z.string(),
    before: JsonObject,
    after: JsonObject,
    digest: z.string(),
  }),
  z.object({ type: z.literal('action-intended'), actionId, digest: z.string(), idempotencyKey: z.string() }),
  z.object({
    type: z.literal('action-done'),
    actionId,
    digest: z.string(),
    result: JsonObject,
    tookMs: z.number(),
  }),
  z.object({ type: z.literal('action-refused'), actionId, reason: z.string() }),
  z.object({ type: z.literal('action-unsure'), actionId, problem: z.string() }),
  /** Facts that it rests on are no longer as they were when it was approved. */
  z.object({ type: z.literal('facts-changed'), actionId, changes: z.array(FactChange) }),
  /** Refused, and closed for whatever else would do the same in this case. */
  z.object({ type: z.literal('intent-closed'), intent, by: z.string(), reason: z.string() }),
  z.object({ type: z.literal('intent-reopened'), intent, by: z.string(), reason: z.string() }),
  /** It was not begun: a cap has no room for it. */
  z.object({
    type: z.literal('cap-reached'),
    actionId,
    cap: z.string(),
    /** The most that the cap allowed then. */
    limit: z.number(),
    words: z.string(),
  }),
  /** A yes was remembered; `shown` is what the person saw of it and confirmed. */
  z.object({
    type: z.literal('shape-remembered'),
    shape: Shape,
    by: z.string(),
    proof: Proof,
    shown: z.object({ sentence: z.string(), backTest: z.string(), digest: z.string() }),
  }),
  z.object({ type: z.literal('shape-revoked'), shapeId: z.string(), by: z.string(), reason: z.string() }),
  /** A remembered yes let it go without asking; this use of it was counted in the same write. */
  z.object({ type: z.literal('action-released'), actionId, shapeId: z.string() }),
  /** A person stopped it while it was held, or wants it taken back: an error of the agent. */
  z.object({
    type: z.literal('action-undone'),
    actionId,
    requestId: z.string(),
    by: z.string(),
    reason: z.string(),
    how: z.enum(['stopped', 'take-back']),
  }),
  /** The right by which compensating actions are performed: somebody with a name wants these taken back. */
  z.object({
    type: z.literal('take-back-asked'),
    /** The request that was answered, or the overturning that asks for it. */
    ref: z.string(),
    actionIds: z.array(z.string()).min(1),
    by: z.string(),
    proof: Proof,
    channel: Answer.shape.channel,
    reason: z.string(),
    /** The case whose decision was overturned; null for an undo. */
    overturned: z.string().nullable(),
  }),
  /** What takes it back was done. */
  z.object({ type: z.literal('action-taken-back'), actionId, compensation: z.string(), by: z.string() }),
] as const;
