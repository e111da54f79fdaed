import type { DecisionRecord, Review, SecondReview, Seed, SpotCheck, SpotDraw } from '../contracts/index.ts';

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
  /** Null for a case that one person reviews, or none. */
  secondReview(caseId: string): Promise<SecondReview | null>;
  /** Newest first, at most `limit`. */
  secondReviews(query: { readonly workflow: string; readonly limit: number }): Promise<readonly SecondReview[]>;
  /** Null for a case that was not drawn. */
  spotCheck(caseId: string): Promise<SpotCheck | null>;
  /** The cases that were drawn, newest first, at most `limit`. */
  spotChecks(query: { readonly workflow: string; readonly limit: number }): Promise<readonly SpotCheck[]>;
  /** The draws since a day (`2026-11-29`), newest first. */
  spotDraws(query: { readonly workflow: string; readonly sinceDay: string }): Promise<readonly SpotDraw[]>;
}
