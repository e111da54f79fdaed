import { describe, expect, it } from 'vitest';
import { COUNTRIES, countryOf, papersFor } from './countries.ts';
import { isWorkingDay } from './dates.ts';
import { lineOf, type Planned, StepLine, stepOf, stepsFor } from './steps.ts';

const PLANNED: Planned = {
  ...{ startsOn: '2026-09-01', knownOn: '2026-07-13', manager: 'boss@remit.example', country: countryOf('DE') },
  judged: { contract: 'permanent', equipment: 'developer', firstDay: 'office' },
  ...{ systems: ['source-code'], payrollRun: '2026-09', buddy: 'timo@remit.example' },
};
const idsOf = (planned: Partial<Planned>) => stepsFor({ ...PLANNED, ...planned }).map(({ id }) => id);
const dueOf = (id: string, planned: Partial<Planned> = {}) =>
  stepsFor({ ...PLANNED, ...planned }).find((step) => step.id === id)?.due;

describe('the steps of a plan', () => {
  it('have each its day, its owner and what is to be done, the earliest first', () => {
    expect(stepsFor(PLANNED).map(lineOf)).toEqual([
      '2026-08-18 | contract | people-desk@remit.example | Signed contract (permanent, Germany)',
      '2026-08-20 | order-equipment | workplace@remit.example | Order the developer set',
      '2026-08-25 | probation | people-desk@remit.example | Told in writing of 6 months of probation and its notice',
      '2026-08-25 | social-insurance | people-desk@remit.example | Social insurance number and health insurer',
      '2026-08-25 | tax-id | people-desk@remit.example | Tax number and tax class',
      '2026-08-31 | accounts | it-desk@remit.example | Accounts for mail, chat and the handbook',
      '2026-08-31 | desk | workplace@remit.example | Desk and key are ready',
      '2026-08-31 | equipment-there | it-desk@remit.example | Equipment has arrived and starts',
      '2026-08-31 | grant-source-code | code-owner@remit.example | Access to the source code',
      '2026-09-01 | first-day | boss@remit.example | Met at the door, shown around, lunch with the team',
      '2026-09-01 | meet-buddy | timo@remit.example | First talk with the new colleague',
      '2026-09-07 | first-week | boss@remit.example | The first week talked over',
      '2026-09-15 | enter-payroll | payroll@remit.example | In the payroll of 2026-09',
      '2026-09-28 | first-month | boss@remit.example | The first month talked over, and what comes next',
    ]);
  });

  it('are due on the next working day where their own day is over', () => {
    expect(dueOf('contract', { knownOn: '2026-08-29' })).toBe('2026-08-31');
    expect(dueOf('first-week', { knownOn: '2026-08-29' })).toBe('2026-09-07');
  });

  it.each<[string, Partial<Planned>, string, boolean]>([
    ['own equipment is made safe', { judged: { ...PLANNED.judged, equipment: 'none' } }, 'enrol-device', true],
    ['own equipment is not ordered', { judged: { ...PLANNED.judged, equipment: 'none' } }, 'order-equipment', false],
    ['who starts at home needs no desk', { judged: { ...PLANNED.judged, firstDay: 'remote' } }, 'desk', false],
    ['who is on no payroll is not entered', { payrollRun: null }, 'enter-payroll', false],
    ['a buddy is looked for where there is none', { buddy: null }, 'find-buddy', true],
    ['a fixed term has its reason', { judged: { ...PLANNED.judged, contract: 'fixed-term' } }, 'end-date', true],
    ['a fixed term has no probation', { judged: { ...PLANNED.judged, contract: 'fixed-term' } }, 'probation', false],
    ['a student is enrolled', { judged: { ...PLANNED.judged, contract: 'working-student' } }, 'enrolment', true],
    ['a freelancer has no tax class', { judged: { ...PLANNED.judged, contract: 'freelance' } }, 'tax-id', false],
    ['an unknown country has no papers', { country: null, payrollRun: null }, 'contract', false],
  ])('%s', (_what, planned, id, expected) => {
    expect(idsOf(planned).includes(id)).toBe(expected);
  });

  it('are found again in their lines, and no line of another form is one', () => {
    for (const step of stepsFor(PLANNED)) expect(stepOf(lineOf(step))).toEqual(step);
    for (const line of [
      '',
      'soon | desk | a@b.example | x',
      '2026-09-01 | Desk | a@b.example | x',
      '2026-09-01 | desk | x | y',
    ]) {
      expect([line, StepLine.safeParse(line).success]).toEqual([line, false]);
    }
  });

  it.each(Object.entries(COUNTRIES))(
    'can be written down for %s, each name once, on working days',
    (_code, country) => {
      for (const contract of ['permanent', 'fixed-term', 'working-student', 'internship', 'freelance'] as const) {
        const steps = stepsFor({ ...PLANNED, country, judged: { ...PLANNED.judged, contract } });
        expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
        for (const step of steps) StepLine.parse(lineOf(step));
        const dated = steps.filter(({ id }) => id !== 'enter-payroll');
        expect(dated.filter(({ due }) => !isWorkingDay(due))).toEqual([]);
        expect(papersFor(country, contract)[0]?.id).toBe('contract');
      }
    },
  );
});
