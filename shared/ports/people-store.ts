import type { Absence } from '../contracts/index.ts';

/** What is known of people beyond their addresses. */
export interface PeopleStore {
  /** Absences of these people that are not over; at most one for each. */
  absences(people: readonly string[], nowMs: number): Promise<readonly Absence[]>;
  /** In place of what was known of the person's absence; null for none. */
  setAbsence(person: string, absence: Absence | null): Promise<void>;
}
