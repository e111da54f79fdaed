import * as z from 'zod';
import { ActionId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';
import { Tier } from './settings.ts';

export const ActionState = z.enum(['proposed', 'asked', 'approved', 'intended', 'done', 'refused', 'unsure']);
/** `unsure`: the call was made or may have been made, and nobody knows whether it took effect. */
export type ActionState = z.infer<typeof ActionState>;

/** How an action is to be carried out under tier and phase. */
export const ActionMode = z.enum(['perform', 'perform-and-tell', 'ask', 'review']);
export type ActionMode = z.infer<typeof ActionMode>;

/** An effect on the outside world, bound to exactly these arguments. */
export const Action = z.object({
  id: ActionId,
  action: Slug,
  title: z.string(),
  tier: Tier,
  mode: ActionMode,
  arguments: JsonObject,
  /** SHA-256 over canonical JSON of workflow, version, case, action and arguments. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** What it does and to whom, whatever the wording: a refusal closes this intent for the case. */
  intent: z.object({ effect: z.string(), target: z.string() }),
  state: ActionState,
  /** Sent with the call, the same on every retry. */
  idempotencyKey: z.string(),
  /** In words: why it is asked, refused or unsure. */
  reasons: z.array(z.string()),
  requestId: z.string().nullable(),
  result: JsonObject.nullable(),
});
export type Action = z.infer<typeof Action>;
