import type { ConfirmedCase, Lesson } from '../contracts/index.ts';

/** What people confirmed, by keys of the learned models' histories. It is written by CaseStore.commit. */
export interface HistoryStore {
  /** The cases under each of these keys, by key; a key of none is not there. One read for all of them. */
  confirmed(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ConfirmedCase[]>>;
  /** Where a case stands; null for one that never taught anything. */
  lesson(caseId: string): Promise<Lesson | null>;
}

/**
 * What a case teaches from now on, in place of what it taught before; `from`: the revision that its lesson must still have,
 * null for its first one. The same write sent again changes nothing more. Conflict: `record-changed`.
 */
export interface LessonChange {
  readonly lesson: Lesson;
  readonly from: number | null;
  /** What stands under the keys of the lesson; null where it has none. */
  readonly confirmed: ConfirmedCase | null;
  /** Cases to be dropped, by key: what this one taught under other keys, and the oldest where there are too many. */
  readonly dropped: Readonly<Record<string, readonly string[]>>;
}
