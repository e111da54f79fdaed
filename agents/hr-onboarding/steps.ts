import * as z from 'zod';
import { SYSTEMS, type System } from './access.ts';
import { type Country, papersFor } from './countries.ts';
import { plusWorkingDays, workingDayFrom } from './dates.ts';
import type { HireJudgement } from './hire.ts';
import { cutOffOf } from './payroll.ts';

/** A step of the plan in one line, so that a person can read it and change it: by when, its name, who, what. */
export const StepLine = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2} \| [a-z][a-z0-9-]{0,39} \| [^\s|]+@[^\s|]+ \| [^|]{1,120}$/,
    'a step is written like 2026-03-02 | order-equipment | workplace@remit.example | Order the office set',
  );

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly due: string;
}

/** Who does what is nobody's else. */
const DESKS = {
  people: 'people-desk@remit.example',
  payroll: 'payroll@remit.example',
  it: 'it-desk@remit.example',
  workplace: 'workplace@remit.example',
} as const;

export interface Planned {
  readonly startsOn: string;
  /** When the HR system sent it: nothing can be due before the next working day. */
  readonly knownOn: string;
  readonly manager: string;
  readonly country: Country | null;
  readonly judged: Pick<HireJudgement, 'contract' | 'equipment' | 'firstDay'>;
  readonly systems: readonly System[];
  readonly payrollRun: string | null;
  readonly buddy: string | null;
}

/** Every step of the first 30 days with its date, the earliest first. */
export function stepsFor(planned: Planned): Step[] {
  const { startsOn, knownOn } = planned;
  const earliest = workingDayFrom(knownOn);
  const on = (days: number): string => plusWorkingDays(startsOn, days);
  return [...paperSteps(planned, on), ...deskSteps(planned, on), ...peopleSteps(planned, on)]
    .map((step) => (step.due < earliest ? { ...step, due: earliest } : step))
    .toSorted((one, other) => one.due.localeCompare(other.due) || one.id.localeCompare(other.id));
}

export function lineOf({ due, id, owner, title }: Step): string {
  return [due, id, owner, title].join(' | ');
}

/** @throws when the line is none of a step; lines of a decision have been checked. */
export function stepOf(line: string): Step {
  const [due = '', id = '', owner = '', title = ''] = StepLine.parse(line).split(' | ');
  return { id, title, owner, due };
}

type On = (workingDays: number) => string;

function paperSteps({ country, judged, payrollRun }: Planned, on: On): Step[] {
  const papers = country === null ? [] : papersFor(country, judged.contract);
  const steps = papers.map(({ id, title, days }): Step => ({ id, title, owner: DESKS.people, due: on(days) }));
  if (payrollRun === null || country === null) return steps;
  const due = cutOffOf(payrollRun, country.payrollCutOff);
  return [...steps, { id: 'enter-payroll', title: `In the payroll of ${payrollRun}`, owner: DESKS.payroll, due }];
}

function deskSteps({ judged: { equipment, firstDay }, systems }: Planned, on: On): Step[] {
  const grants = systems.map((system): Step => {
    const { title, owner } = SYSTEMS[system];
    return { id: `grant-${system}`, title: `Access to the ${title}`, owner, due: on(-1) };
  });
  const own: Step = { id: 'enrol-device', title: 'Own device made safe for our systems', owner: DESKS.it, due: on(0) };
  const ours: Step[] = [
    { id: 'order-equipment', title: `Order the ${equipment} set`, owner: DESKS.workplace, due: on(-8) },
    { id: 'equipment-there', title: 'Equipment has arrived and starts', owner: DESKS.it, due: on(-1) },
  ];
  return [
    { id: 'accounts', title: 'Accounts for mail, chat and the handbook', owner: DESKS.it, due: on(-1) },
    ...grants,
    ...(equipment === 'none' ? [own] : ours),
    ...(firstDay === 'office'
      ? [{ id: 'desk', title: 'Desk and key are ready', owner: DESKS.workplace, due: on(-1) }]
      : []),
  ];
}

function peopleSteps({ manager, buddy, judged }: Planned, on: On): Step[] {
  const buddySteps: Step[] =
    buddy === null
      ? [{ id: 'find-buddy', title: 'Somebody found who helps in the first weeks', owner: manager, due: on(-5) }]
      : [{ id: 'meet-buddy', title: 'First talk with the new colleague', owner: buddy, due: on(0) }];
  return [
    {
      id: 'first-day',
      title: FIRST_DAY[judged.firstDay],
      owner: manager,
      due: on(judged.firstDay === 'elsewhere' ? -5 : 0),
    },
    ...buddySteps,
    { id: 'first-week', title: 'The first week talked over', owner: manager, due: on(4) },
    { id: 'first-month', title: 'The first month talked over, and what comes next', owner: manager, due: on(19) },
  ];
}

const FIRST_DAY: Readonly<Record<HireJudgement['firstDay'], string>> = {
  office: 'Met at the door, shown around, lunch with the team',
  remote: 'Call of the whole team in the morning, one to one after it',
  elsewhere: 'Way and bed booked for the first day, and who meets them there',
};
