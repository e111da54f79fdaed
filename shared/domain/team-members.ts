import type { PeopleRule, Workflow } from '../authoring/index.ts';
import type { Absence, Json, PersonRequest, Reader } from '../contracts/index.ts';
import { askedOf, isSamePerson, resolvePeople } from './people.ts';

/** `owner` answers for the workflow; `approver` answers its questions. */
export type Membership = 'owner' | 'approver';

/** Everybody whom a workflow names, for the team or for one of its actions: they see its cases and its questions. */
export function membersOf(workflow: Workflow): string[] {
  const roles = Object.keys(workflow.team.roles).map((role) => ({ role }));
  return resolvePeople([workflow.team.owner, ...rulesOf(workflow), ...roles], workflow.team, {});
}

/** What somebody is in the team of a workflow, by address; null for a stranger, and for whom only a case names. */
export function membershipOf(workflow: Workflow, person: string): Membership | null {
  if (isSamePerson(person, workflow.team.owner)) return 'owner';
  return membersOf(workflow).some((member) => isSamePerson(member, person)) ? 'approver' : null;
}

export function isMember(workflow: Workflow, person: string): boolean {
  return membershipOf(workflow, person) !== null;
}

/**
 * Whether somebody may answer for this workflow as it is today: a member, or one whom a field of the case names. Who was
 * asked and has left the team since may not.
 */
export function isEntitled(workflow: Workflow, input: Json, person: string): boolean {
  return isMember(workflow, person) || namedByFields(workflow, input).some((named) => isSamePerson(named, person));
}

/** Absences as they count for one workflow: only another of its members stands in for somebody. */
export function absencesFor(workflow: Workflow, absences: readonly Absence[]): Absence[] {
  return absences.map((absence) =>
    absence.delegate === null || isMember(workflow, absence.delegate) ? absence : { ...absence, delegate: null },
  );
}

/** Whether somebody may read all that a workflow has. */
export function mayRead(workflow: Workflow, { person, isOperator }: Reader): boolean {
  return isOperator || isMember(workflow, person);
}

/** Whether a question was put to somebody, now or at its reminder, or is of a workflow that they may read. */
export function maySee(workflow: Workflow, request: PersonRequest, reader: Reader): boolean {
  const put = [...request.people, ...request.nextPeople].some((asked) => isSamePerson(asked, reader.person));
  return put || mayRead(workflow, reader);
}

/** People to whom a question has been put by now, and those who stand in for them. */
export function everybodyAsked(request: PersonRequest, absences: readonly Absence[], nowMs: number): string[] {
  const asked = askedOf(request);
  const standIns = asked.flatMap((person) => {
    const absence = absences.find(({ person: absent }) => isSamePerson(absent, person));
    const isAway = absence !== undefined && absence.fromMs <= nowMs && nowMs < absence.untilMs;
    return isAway && absence.delegate !== null ? [absence.delegate] : [];
  });
  const all = [...asked, ...standIns];
  return all.filter((person, index) => all.findIndex((other) => isSamePerson(other, person)) === index);
}

function namedByFields(workflow: Workflow, input: Json): string[] {
  const fields = rulesOf(workflow).filter((rule) => typeof rule === 'object' && 'field' in rule);
  return resolvePeople(fields, workflow.team, input);
}

function rulesOf({ team, actions }: Workflow): PeopleRule[] {
  const ofActions = Object.values(actions).flatMap(({ approval }) => [
    ...approval.people,
    ...approval.nextPeople,
    ...approval.above.flatMap(({ people }) => people),
  ]);
  return [...team.approvers, ...team.nextApprovers, ...ofActions];
}
