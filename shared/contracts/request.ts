import * as z from 'zod';
import { CaseId, RequestId, Slug } from './ids.ts';
import { Json, JsonObject } from './json.ts';

export const Verb = z.enum(['approve', 'edit', 'reject', 'respond', 'take-over']);
/**
 * - `approve`: go ahead as shown. `edit`: go ahead with other values. `reject`: do not, for a reason.
 * - `respond`: do not; the person's words go back to the agents as a fact, and they try again.
 * - `take-over`: do not; the person finishes the case by hand.
 */
export type Verb = z.infer<typeof Verb>;

export const RequestKind = z.enum([
  'approve-action',
  'decide-case',
  'review-decision',
  'hold-action',
  'undo-action',
  'change-phase',
  'spot-check',
  'second-review',
]);
/**
 * - `hold-action`: it goes out at the deadline unless somebody rejects it before.
 * - `undo-action`: it is done; a reject takes it back by its compensation.
 * - `change-phase`: numbers propose more autonomy; a person decides.
 * - `spot-check`: whether a decision was right that nobody was asked about. The case is over, and stays so.
 * - `second-review`: what somebody else would have decided who sees neither the agents' decision nor the first review. It
 *   decides nothing.
 */
export type RequestKind = z.infer<typeof RequestKind>;

/** How it is known that a person gave the answer; later ones prove more. */
export const Proof = z.enum(['mail-code', 'sign-in', 'fresh-sign-in']);
export type Proof = z.infer<typeof Proof>;

export const Answer = z.object({
  verb: Verb,
  by: z.string(),
  proof: Proof,
  channel: z.enum(['page', 'api', 'inbox']),
  atMs: z.int(),
  /** Required for reject, respond and take-over. */
  reason: z.string().max(2_000),
  /** What the person put in place of the draft; null unless the verb is edit. */
  edits: JsonObject.nullable(),
  /** SHA-256 of the page or view that the person saw. */
  seen: z.string(),
  /** Who was asked, where `by` stands in for somebody who is away. */
  onBehalfOf: z.string().nullable().default(null),
  /** Between showing the page and the answer, as the page says; null where it is not known. */
  onPageMs: z.int().min(0).nullable().default(null),
});
export type Answer = z.infer<typeof Answer>;

/** A value that is no longer as it was when the question was put. */
export const FactChange = z.object({ source: Slug, path: z.string(), before: Json, after: Json });
export type FactChange = z.infer<typeof FactChange>;

export const RequestState = z.enum(['open', 'answered', 'expired', 'cancelled']);
export type RequestState = z.infer<typeof RequestState>;

/** A question to a person. */
export const PersonRequest = z.object({
  id: RequestId,
  caseId: CaseId,
  workflow: Slug,
  kind: RequestKind,
  /** The action it is about; null when it is about the whole case. */
  actionId: z.string().nullable(),
  /** One sentence, answerable by the verbs. */
  question: z.string(),
  /** Why a person is asked, one sentence each. */
  reasons: z.array(z.string()),
  /** What it is about, exactly as it will be done: the action's arguments, or the draft decision. */
  draft: JsonObject,
  /** Binds the answer to workflow, version, case, action, arguments and pinned facts. */
  digest: z.string(),
  verbs: z.array(Verb).min(1),
  /** E-mail addresses asked from the start. */
  people: z.array(z.email()).min(1),
  /** E-mail addresses asked in addition at the reminder. */
  nextPeople: z.array(z.email()),
  openedAtMs: z.int(),
  remindAtMs: z.int(),
  deadlineMs: z.int(),
  state: RequestState,
  reminded: z.boolean(),
  /** The answer that decided; null while none has. */
  answer: Answer.nullable(),
  /** Distinct people who must say yes. */
  quorum: z.int().min(1).default(1),
  /** The yes of each person so far; they release nothing before there are `quorum` of them. */
  votes: z.array(Answer).default([]),
  /** Goes up with each vote and each change of the question: a write that knows an older one is refused. */
  revision: z.int().min(0).default(0),
  /** The least that proves who answers. */
  proof: Proof.default('mail-code'),
  /** Who wants it, and so may not say yes to it. */
  excluded: z.array(z.string()).default([]),
  /** Verbs that need a reason besides reject, respond and take-over. */
  reasonFor: z.array(Verb).default([]),
  /** JSON Schema of what may be edited, as of the version that asks. */
  form: JsonObject.nullable().default(null),
  /** Digest of the workflow's version that asks. */
  version: z.string().default(''),
  /** What changed since an earlier yes, and that yes. */
  changes: z.array(FactChange).default([]),
  earlier: Answer.nullable().default(null),
});
export type PersonRequest = z.infer<typeof PersonRequest>;
