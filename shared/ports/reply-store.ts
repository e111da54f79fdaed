import type { Action, Case, PersonRequest } from '../contracts/index.ts';

/** What a mail that comes in may be an answer to. */
export interface ReplyStore {
  /** Null where there is no such case. */
  caseWithActions(caseId: string): Promise<{ readonly case: Case; readonly actions: readonly Action[] } | null>;
  request(requestId: string): Promise<PersonRequest | null>;
  /** Takes a name that nobody may have had before. @returns false where somebody had; free again after that time. */
  claim(name: string, expiresAtMs: number): Promise<boolean>;
}

/** How an answer to what an action writes finds it again. */
export interface ReplyAddresses {
  of(action: { readonly idempotencyKey: string; readonly workflow: string | undefined }): Promise<WrittenBy>;
}

/** `replyTo` null where no workflow takes the answer; both null where no mail comes in at all. */
export interface WrittenBy {
  readonly replyTo: string | null;
  /** The name of a mail before it, which the answer hands on. */
  readonly reference: string | null;
}
