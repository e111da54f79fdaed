import type { Action, Case, CaseId, PersonRequest } from '../contracts/index.ts';

/** What a mail that comes in may be an answer to. */
export interface ReplyStore {
  /** Null where there is no such case. */
  caseWithActions(caseId: string): Promise<{ readonly case: Case; readonly actions: readonly Action[] } | null>;
  request(requestId: string): Promise<PersonRequest | null>;
  /** What a reference in a mail of ours names; null where nothing of that name is kept. */
  referenced(reference: string): Promise<KeptReference | null>;
  /** Takes a name that nobody may have had before. @returns false where somebody had; free again after that time. */
  claim(name: string, expiresAtMs: number): Promise<boolean>;
}

/** The action that a reference in its mail names, and until when an answer is found by it. */
export interface KeptReference {
  readonly caseId: CaseId;
  readonly actionId: string;
  readonly expiresAtMs: number;
}

export interface ReferenceStore {
  /** Keeps it before its mail is sent. One that is there stays as it is. */
  keepReference(reference: string, kept: KeptReference): Promise<void>;
}

/** How an answer to what an action writes finds it again. */
export interface ReplyAddresses {
  of(action: { readonly idempotencyKey: string; readonly workflow: string | undefined }): Promise<WrittenBy>;
}

/** `replyTo` and `footLine` are null where no workflow takes the answer; all are null where no mail comes in at all. */
export interface WrittenBy {
  readonly replyTo: string | null;
  /** The name of a mail before it, which the answer hands on. */
  readonly reference: string | null;
  /** What stands under the text of the mail, for programs that hand on nothing but text. */
  readonly footLine: string | null;
}
