import type { Absence } from '../../shared/contracts/index.ts';
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

  async setAbsence(person: string, absence: Absence | null): Promise<void> {
    if (absence === null) this.#tables.absences.delete(person.toLowerCase());
    else this.#tables.absences.set(person.toLowerCase(), absence);
  }
}
