import type { ActionDefinition, PeopleRule, Team } from '../authoring/index.ts';
import type { Json, Money, PersonRequest } from '../contracts/index.ts';
import { isSamePerson, resolvePeople } from './people.ts';

/** Who has to say yes, and how many of them. */
export type Approvers = Pick<PersonRequest, 'people' | 'nextPeople' | 'quorum'>;

export interface ApprovalSubject {
  readonly team: Team;
  /** Null for a question about a whole case. */
  readonly definition: ActionDefinition | null;
  readonly amount: Money | null;
  readonly input: Json;
  readonly requestedBy: string | null;
}

/**
 * Whom the action names for its amount, else the team's approvers; never who wants it. Where nobody is left, the owner.
 * An amount in another currency than a step's counts as one above it. A quorum is never more than the people there are.
 */
export function approversOf({ team, definition, amount, input, requestedBy }: ApprovalSubject): Approvers {
  const approval = definition?.approval ?? null;
  const step = (approval?.above ?? []).filter(({ from }) => isReached(from, amount)).at(-1) ?? null;
  const find = (rules: readonly PeopleRule[]): string[] =>
    resolvePeople(rules, team, input).filter((person) => requestedBy === null || !isSamePerson(person, requestedBy));
  const named = step?.people ?? approval?.people ?? [];
  const people = find(named.length === 0 ? team.approvers : named);
  const next = approval?.nextPeople ?? [];
  const nextPeople = find(next.length === 0 ? team.nextApprovers : next);
  const asked = people.length === 0 ? [team.owner] : people;
  const quorum = step?.quorum ?? approval?.quorum ?? 1;
  return { people: asked, nextPeople, quorum: Math.min(quorum, asked.length + nextPeople.length) };
}

function isReached(from: Money, amount: Money | null): boolean {
  if (amount === null) return false;
  return amount.currency !== from.currency || Math.abs(amount.minor) >= from.minor;
}
