import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { Absence, AbsenceChange } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { membersOf } from '../domain/team-members.ts';
import type { Clock, PeopleStore, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

export interface AbsencePorts {
  readonly workflows: readonly Workflow[];
  readonly people: PeopleStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

const LONGEST_MS = 366 * 24 * 3_600_000;
const MOST_CHANGES = 20;

/** What somebody says of their own absence; null: they are back. */
export const SetAbsence = z.object({
  person: z.email(),
  absence: z.object({ fromMs: z.int().min(0), untilMs: z.int().min(0), delegate: z.string().nullable() }).nullable(),
});

export type AbsenceReceipt =
  | { readonly kind: 'set'; readonly absence: Absence | null }
  | { readonly kind: 'refused'; readonly problem: string };

/** Only for oneself, and only another member of a team of one's own may stand in. Every change stays on record. */
export const setAbsence = operation({
  name: 'set-absence',
  input: SetAbsence,
  async run(ports: AbsencePorts, { person, absence }): Promise<AbsenceReceipt> {
    const nowMs = ports.clock.nowMs();
    const problem = absence === null ? null : problemOf(ports, person, absence, nowMs);
    if (problem !== null) return { kind: 'refused', problem };
    const known = absence === null ? null : { person, ...absence };
    await ports.people.setAbsence(person, known, { by: person, atMs: nowMs });
    const { fromMs = null, untilMs = null, delegate = null } = absence ?? {};
    ports.telemetry.log('absence-changed', { fromMs, untilMs, hasDelegate: delegate !== null });
    return { kind: 'set', absence: known };
  },
});

const ReadAbsence = z.object({ person: z.email() });

/** What is known of somebody's absence, and what they said of it before. */
export const readAbsence = operation({
  name: 'read-absence',
  input: ReadAbsence,
  async run(
    { people, clock }: Pick<AbsencePorts, 'people' | 'clock'>,
    { person },
  ): Promise<{ absence: Absence | null; changes: readonly AbsenceChange[] }> {
    const [known, changes] = await Promise.all([
      people.absences([person], clock.nowMs()),
      people.absenceChanges(person, MOST_CHANGES),
    ]);
    return { absence: known[0] ?? null, changes };
  },
});

/** Who may stand in for somebody: the other members of their teams. */
export function colleaguesOf(workflows: readonly Workflow[], person: string): string[] {
  const teams = workflows.map(membersOf).filter((team) => team.some((member) => isSamePerson(member, person)));
  const all = teams.flat().filter((member) => !isSamePerson(member, person));
  return all.filter((member, index) => all.findIndex((other) => isSamePerson(other, member)) === index).sort();
}

function problemOf(
  { workflows }: AbsencePorts,
  person: string,
  { fromMs, untilMs, delegate }: Omit<Absence, 'person'>,
  nowMs: number,
): string | null {
  if (untilMs <= fromMs) return 'The last day is before the first.';
  if (untilMs <= nowMs) return 'That is over already.';
  if (untilMs - fromMs > LONGEST_MS) return 'That is longer than a year.';
  if (delegate === null) return null;
  if (isSamePerson(delegate, person)) return 'Somebody else has to stand in for you.';
  const isColleague = colleaguesOf(workflows, person).some((member) => isSamePerson(member, delegate));
  return isColleague ? null : 'Only another member of your team can stand in for you.';
}
