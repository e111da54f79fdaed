import type { HireJudgement } from './hire.ts';

type Contract = HireJudgement['contract'];

/** A paper that somebody has to see to, so many working days from the first one; below zero is before it. */
export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly days: number;
}

export interface Country {
  readonly name: string;
  /** Day of the month on which payroll closes. */
  readonly payrollCutOff: number;
  /** Months of probation in a permanent contract; 0 for none. */
  readonly probationMonths: number;
  readonly papers: readonly Paper[];
}

const paper = (id: string, title: string, days: number): Paper => ({ id, title, days });

/**
 * What the made-up company asks for where it employs people. These are its own rules, written for an example, and no legal
 * advice: whoever takes this workflow over has them written by somebody who knows the law.
 */
export const COUNTRIES: Readonly<Record<string, Country>> = {
  DE: {
    ...{ name: 'Germany', payrollCutOff: 15, probationMonths: 6 },
    papers: [
      paper('tax-id', 'Tax number and tax class', -5),
      paper('social-insurance', 'Social insurance number and health insurer', -5),
    ],
  },
  AT: {
    ...{ name: 'Austria', payrollCutOff: 15, probationMonths: 1 },
    papers: [paper('social-insurance', 'Registration with the health fund before work begins', -1)],
  },
  FR: {
    ...{ name: 'France', payrollCutOff: 18, probationMonths: 4 },
    papers: [
      paper('hiring-notice', 'Notice of hiring to the social security office before work begins', -2),
      paper('health-cover', 'Joining the health cover of the company, or why not', 5),
    ],
  },
  ES: {
    ...{ name: 'Spain', payrollCutOff: 20, probationMonths: 6 },
    papers: [
      paper('social-insurance', 'Registration with social security before work begins', -1),
      paper('tax-form', 'Form on family and taxes', -3),
    ],
  },
  NL: {
    ...{ name: 'the Netherlands', payrollCutOff: 12, probationMonths: 2 },
    papers: [
      paper('identity-copy', 'Identity seen in the original, with a copy on file', -1),
      paper('tax-form', 'Statement for wage tax', -3),
    ],
  },
  IE: {
    ...{ name: 'Ireland', payrollCutOff: 14, probationMonths: 6 },
    papers: [paper('tax-id', 'PPS number, and registration of the job with Revenue', -5)],
  },
  GB: {
    ...{ name: 'the United Kingdom', payrollCutOff: 12, probationMonths: 3 },
    papers: [
      paper('right-to-work', 'Right to work checked before the first day', -2),
      paper('tax-form', 'P45 of the last job, or the starter checklist', -3),
    ],
  },
  PL: {
    ...{ name: 'Poland', payrollCutOff: 20, probationMonths: 3 },
    papers: [
      paper('health-check', 'Medical examination before work begins', -2),
      paper('safety-training', 'Safety training on the first day', 0),
    ],
  },
  PT: {
    ...{ name: 'Portugal', payrollCutOff: 18, probationMonths: 3 },
    papers: [paper('social-insurance', 'Registration with social security before work begins', -1)],
  },
  US: {
    ...{ name: 'the United States', payrollCutOff: 10, probationMonths: 0 },
    papers: [
      paper('right-to-work', 'Form I-9: documents seen within three working days', 3),
      paper('tax-form', 'Form W-4, and that of the state', -1),
    ],
  },
  CA: {
    ...{ name: 'Canada', payrollCutOff: 12, probationMonths: 3 },
    papers: [
      paper('social-insurance', 'Social insurance number shown within three days', 2),
      paper('tax-form', 'Forms TD1, federal and of the province', -1),
    ],
  },
  IN: {
    ...{ name: 'India', payrollCutOff: 20, probationMonths: 6 },
    papers: [
      paper('tax-id', 'PAN and choice of tax regime', -3),
      paper('provident-fund', 'Number of the provident fund, or a new one', 5),
    ],
  },
  BR: {
    ...{ name: 'Brazil', payrollCutOff: 15, probationMonths: 3 },
    papers: [
      paper('hiring-notice', 'Admission reported before work begins', -1),
      paper('health-check', 'Medical examination before work begins', -2),
    ],
  },
};

/** Null where we employ nobody, and know no rules. */
export function countryOf(code: string): Country | null {
  return Object.hasOwn(COUNTRIES, code) ? (COUNTRIES[code] ?? null) : null;
}

/** Papers of a contract in a country, the contract itself first. */
export function papersFor(country: Country, contract: Contract): Paper[] {
  if (contract === 'freelance') return [paper('contract', 'Signed contract for services', -10)];
  return [
    paper('contract', `Signed contract (${CONTRACT_WORDS[contract]}, ${country.name})`, -10),
    ...(contract === 'working-student' || contract === 'internship'
      ? [paper('enrolment', 'Certificate of enrolment for the current term', -5)]
      : []),
    ...country.papers,
    ...(contract === 'permanent' && country.probationMonths > 0
      ? [paper('probation', `Told in writing of ${months(country.probationMonths)} of probation and its notice`, -5)]
      : []),
    ...(contract === 'fixed-term' ? [paper('end-date', 'Reason and end of the fixed term on file', -5)] : []),
  ];
}

const CONTRACT_WORDS: Readonly<Record<Exclude<Contract, 'freelance'>, string>> = {
  permanent: 'permanent',
  'fixed-term': 'fixed term',
  'working-student': 'working student',
  internship: 'internship',
};

function months(count: number): string {
  return count === 1 ? '1 month' : `${count} months`;
}
