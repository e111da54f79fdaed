import * as z from 'zod';
import { Counted } from './counted.ts';
import { ActionId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';
import { Money } from './money.ts';
import { FactChange } from './request.ts';
import { Tier } from './settings.ts';

export const ActionState = z.enum([
  'proposed',
  'asked',
  'held',
  'approved',
  'intended',
  'done',
  'refused',
  'unsure',
  'taken-back',
]);
/**
 * `held`: it goes out by itself once its time is over, unless somebody stops it.
 * `unsure`: the call was made or may have been made, and nobody knows whether it took effect.
 * `taken-back`: it was done, and a compensating action was done after it.
 */
export type ActionState = z.infer<typeof ActionState>;

/** How an action is to be carried out under tier and phase. */
export const ActionMode = z.enum(['perform', 'perform-and-tell', 'hold', 'ask', 'review']);
export type ActionMode = z.infer<typeof ActionMode>;

/** A record that a proposal rests on. A change of it between the yes and the effect is put before the approver. */
export const PinnedFact = z.object({
  source: Slug,
  /** Dotted path to the part that counts; empty for all of it. */
  path: z.string().default(''),
  /** SHA-256 of what the source was asked. */
  key: z.string(),
  /** SHA-256 of what it answered. */
  hash: z.string(),
});
export type PinnedFact = z.infer<typeof PinnedFact>;

/** An effect on the outside world, bound to exactly these arguments. */
export const Action = z.object({
  id: ActionId,
  action: Slug,
  title: z.string(),
  tier: Tier,
  mode: ActionMode,
  arguments: JsonObject,
  /** SHA-256 over canonical JSON of workflow, version, case, action, arguments and pinned facts. */
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
  pinned: z.array(PinnedFact).default([]),
  /** What of these facts changed since somebody said yes to it. */
  changes: z.array(FactChange).default([]),
  /** What it moves, where it moves money. */
  amount: Money.nullable().default(null),
  /** The remembered approval that lets it go without asking. */
  releasedBy: z.string().nullable().default(null),
  /** The action of this case that it takes back. */
  compensates: ActionId.nullable().default(null),
  /** A call of it was made or may have been made. */
  begun: z.boolean().default(false),
  /** What it holds under caps; see Counted. */
  counted: z.array(Counted).default([]),
});
export type Action = z.infer<typeof Action>;
