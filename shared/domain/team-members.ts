import type { Team } from '../authoring/index.ts';
import { isSamePerson } from './people.ts';

/** `owner` answers for the workflow; `approver` answers its questions. */
export type Membership = 'owner' | 'approver';

/** What somebody is in a team, by address; null for a stranger. People whom only a case names are no members. */
export function membershipOf(person: string, team: Team): Membership | null {
  if (isSamePerson(person, team.owner)) return 'owner';
  const { approvers, nextApprovers, roles } = team;
  const named = [...approvers, ...nextApprovers].filter((rule) => typeof rule === 'string');
  const members = [...named, ...Object.values(roles).flat()];
  return members.some((member) => isSamePerson(member, person)) ? 'approver' : null;
}

/** Whether somebody is of the team: its owner, or named among those who answer. Whom a field of a case names is not. */
export function isOfTeam(team: Team, person: string): boolean {
  return membershipOf(person, team) !== null;
}
