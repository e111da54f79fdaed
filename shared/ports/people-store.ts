import type { Absence, AbsenceChange } from '../contracts/index.ts';

/** What is known of people beyond their addresses. */
export interface PeopleStore {
  /** Absences of these people that are not over; at most one for each. */
  absences(people: readonly string[], nowMs: number): Promise<readonly Absence[]>;
  /** In place of what was known of the person's absence; null for none. Who changed it, and when, is kept with it. */
  setAbsence(
    person: string,
    absence: Absence | null,
    change: { readonly by: string; readonly atMs: number },
  ): Promise<void>;
  /** What was said of a person's absence, newest first. */
  absenceChanges(person: string, limit: number): Promise<readonly AbsenceChange[]>;
}
