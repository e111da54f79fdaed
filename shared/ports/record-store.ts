import type { DecisionRecord, Review, Seed } from '../contracts/index.ts';

/** What autonomy is earned and lost by. All of it is written by CaseStore.commit, with what makes it true. */
export interface RecordStore {
  get(caseId: string): Promise<DecisionRecord | null>;
  /** Decisions of one segment (null: of none) under one version, newest first, at most `limit`. */
  latest(query: {
    readonly workflow: string;
    readonly segment: string | null;
    readonly version: string;
    readonly limit: number;
  }): Promise<readonly DecisionRecord[]>;
  /** Of these cases, in no order; a case without one is left out. */
  ofCases(caseIds: readonly string[]): Promise<readonly DecisionRecord[]>;
  /** Answers of people, newest first, at most `limit`. */
  reviews(query: { readonly workflow: string; readonly limit: number }): Promise<readonly Review[]>;
  /** Null for a case like any other. */
  seed(caseId: string): Promise<Seed | null>;
}
