import type { Absence, PersonRequest } from '../../contracts/index.ts';
import { isSamePerson } from '../../domain/people.ts';

/**
 * Asks the next people from the start where too few of those who are asked are there, or have somebody to stand in for
 * them, to decide. `absences`: who is away now.
 */
export function withNextForAbsent(request: PersonRequest, absences: readonly Absence[]): PersonRequest {
  const isAwayAlone = (person: string): boolean =>
    absences.some((absence) => absence.delegate === null && isSamePerson(absence.person, person));
  const reachable = request.people.filter((person) => !isAwayAlone(person));
  if (reachable.length >= request.quorum || request.nextPeople.length === 0) return request;
  const added = request.nextPeople.filter((next) => !request.people.some((person) => isSamePerson(person, next)));
  return { ...request, people: [...request.people, ...added], nextPeople: [] };
}
