import type { Absence, AbsenceChange } from '../../shared/contracts/index.ts';
import type { PeopleStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryPeopleStore implements PeopleStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async absences(people: readonly string[], nowMs: number): Promise<readonly Absence[]> {
    return people.flatMap((person) => {
      const absence = this.#tables.absences.get(person.toLowerCase());
      return absence !== undefined && absence.untilMs > nowMs ? [absence] : [];
    });
  }

  async setAbsence(person: string, absence: Absence | null, change: { by: string; atMs: number }): Promise<void> {
    const key = person.toLowerCase();
    if (absence === null) this.#tables.absences.delete(key);
    else this.#tables.absences.set(key, absence);
    this.#tables.absenceChanges.set(key, [...(this.#tables.absenceChanges.get(key) ?? []), { ...change, absence }]);
  }

  async absenceChanges(person: string, limit: number): Promise<readonly AbsenceChange[]> {
    return [...(this.#tables.absenceChanges.get(person.toLowerCase()) ?? [])].reverse().slice(0, limit);
  }
}
