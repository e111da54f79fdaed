import * as z from 'zod';
import { CaseId, RequestId, Slug } from './ids.ts';
import { JsonObject } from './json.ts';

export const Verb = z.enum(['approve', 'edit', 'reject', 'respond']);
export type Verb = z.infer<typeof Verb>;

export const RequestKind = z.enum(['approve-action', 'decide-case', 'review-decision']);
export type RequestKind = z.infer<typeof RequestKind>;

/** How it is known that a person gave the answer. */
export const Proof = z.enum(['mail-code', 'sign-in']);
export type Proof = z.infer<typeof Proof>;

export const Answer = z.object({
  verb: Verb,
  by: z.string(),
  proof: Proof,
  channel: z.enum(['page', 'api']),
  atMs: z.int(),
  /** Required for reject and respond. */
  reason: z.string().max(2_000),
  /** What the person put in place of the draft; null unless the verb is edit. */
  edits: JsonObject.nullable(),
  /** SHA-256 of the page or view that the person saw. */
  seen: z.string(),
});
export type Answer = z.infer<typeof Answer>;

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
  /** Binds the answer to workflow, version, case, action, arguments. */
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
  answer: Answer.nullable(),
});
export type PersonRequest = z.infer<typeof PersonRequest>;
