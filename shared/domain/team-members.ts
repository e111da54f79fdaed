import type { Team } from '../authoring/index.ts';
import { isSamePerson } from './people.ts';

/** Whether somebody is of the team: its owner, or named among those who answer. Whom a field of a case names is not. */
export function isOfTeam({ owner, approvers, nextApprovers, roles }: Team, person: string): boolean {
  const named = [...approvers, ...nextApprovers].filter((rule) => typeof rule === 'string');
  return [owner, ...named, ...Object.values(roles).flat()].some((member) => isSamePerson(member, person));
}
