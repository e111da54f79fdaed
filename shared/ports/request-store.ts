import type { PersonRequest } from '../contracts/index.ts';
import type { Page } from './case-store.ts';

/** Requests by id, and the links that lead to them. Requests are written by CaseStore.commit. */
export interface RequestStore {
  get(requestId: string): Promise<PersonRequest | null>;
  ofCase(caseId: string): Promise<readonly PersonRequest[]>;
  /** By deadline, soonest first. */
  listOpen(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>>;
  /** Answered ones whose waiting execution may not have heard of it yet, by deadline. */
  listToWake(page: { limit: number; after: string | null }): Promise<Page<PersonRequest>>;
  /** The waiting execution has heard of the answer, or nobody waits for it. */
  setWoken(requestId: string): Promise<void>;
  putLink(link: MailLink): Promise<void>;
  link(key: string): Promise<MailLink | null>;
  /** Uses up one try at the code. @returns the tries left, or null when none was left. */
  takeTry(key: string): Promise<number | null>;
  /** Puts another code in place of the old one, unless codes were sent meanwhile. @returns whether it did. */
  renewCode(key: string, renewal: CodeRenewal): Promise<boolean>;
  /** Keeps what somebody typed while they sign in. */
  putDraft(draft: AnswerDraft): Promise<void>;
  /** Null for one that is not there, or no longer. */
  draft(key: string, nowMs: number): Promise<AnswerDraft | null>;
  /** Notes that somebody is told how a settled request ended. @returns false where they were told before. */
  claimTelling(requestId: string, person: string): Promise<boolean>;
  /** They could certainly not be told: another try may. */
  releaseTelling(requestId: string, person: string): Promise<void>;
}

/** A link that was mailed to one person. The secret itself is stored nowhere. */
export interface MailLink {
  /** Hash of the link's secret. */
  readonly key: string;
  readonly requestId: string;
  readonly person: string;
  /** Hash of the code that the person types. */
  readonly codeHash: string;
  readonly triesLeft: number;
  readonly expiresAtMs: number;
  /** When codes were sent for it after the first; default never. */
  readonly codesSentAtMs?: readonly number[];
}

export interface CodeRenewal {
  readonly codeHash: string;
  readonly triesLeft: number;
  readonly codesSentAtMs: readonly number[];
  /** As the writer read them. */
  readonly from: readonly number[];
}

/** An answer form as it was typed, and not an answer yet. */
export interface AnswerDraft {
  /** Hash of a secret that only the browser has in which it was typed. */
  readonly key: string;
  readonly requestId: string;
  /** The form as it was sent. */
  readonly body: string;
  readonly expiresAtMs: number;
}

/** Task tokens of waiting executions. They never leave the functions that store and use them. */
export interface TokenStore {
  /** @throws ConflictError `request-settled` when the request is no longer open. */
  save(requestId: string, token: string): Promise<void>;
  get(requestId: string): Promise<string | null>;
}
