import type { PeopleRule, Team } from '../authoring/index.ts';
import type { Absence, Json, PersonRequest } from '../contracts/index.ts';

/** Addresses are compared without regard to case, as mail systems do. */
export function isSamePerson(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * The addresses that the rules lead to, each once and in their order. A role that nobody has, or a field without an
 * address, leads to nobody.
 */
export function resolvePeople(rules: readonly PeopleRule[], team: Team, input: Json): string[] {
  const found = rules.flatMap((rule) => {
    if (typeof rule === 'string') return [rule];
    if ('role' in rule) return Object.hasOwn(team.roles, rule.role) ? (team.roles[rule.role] ?? []) : [];
    const value = valueAt(input, rule.field);
    return typeof value === 'string' && ADDRESS.test(value) ? [value] : [];
  });
  return found.filter((person, index) => found.findIndex((other) => isSamePerson(other, person)) === index);
}

/** Enough to tell an address from other text; whoever is asked is checked by the request's schema. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function valueAt(input: Json, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, key) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.hasOwn(value, key) ? value[key] : undefined;
  }, input);
}

/** People who may answer: those who were asked and, from the reminder on, the next ones. */
export function askedOf({ people, nextPeople, reminded }: PersonRequest): readonly string[] {
  return reminded ? [...people, ...nextPeople] : people;
}

/** Whom a question reaches: a person, or who stands in while they are away. Nobody twice. */
export function reachedBy(people: readonly string[], absences: readonly Absence[], nowMs: number): string[] {
  const reached = people.map((person) => standInOf(person, absences, nowMs) ?? person);
  return reached.filter((person, index) => reached.findIndex((other) => isSamePerson(other, person)) === index);
}

/** For whom somebody may answer: themselves (null), or a person who was asked and is away. */
export function standingOf(
  by: string,
  request: PersonRequest,
  absences: readonly Absence[],
  nowMs: number,
): { readonly onBehalfOf: string | null } | null {
  const asked = askedOf(request);
  if (asked.some((person) => isSamePerson(person, by))) return { onBehalfOf: null };
  const absent = asked.find((person) => {
    const standIn = standInOf(person, absences, nowMs);
    return standIn !== null && isSamePerson(standIn, by);
  });
  return absent === undefined ? null : { onBehalfOf: absent };
}

function standInOf(person: string, absences: readonly Absence[], nowMs: number): string | null {
  const absence = absences.find(
    (known) => isSamePerson(known.person, person) && known.fromMs <= nowMs && nowMs < known.untilMs,
  );
  return absence?.delegate ?? null;
}
