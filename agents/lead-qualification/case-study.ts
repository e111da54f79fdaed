import type { Need } from './lead.ts';

/** A case study as the knowledge base gave it. */
export interface ReadStudy {
  readonly id: string;
  readonly text: string;
}

/** Trades by the words that the company directory has for them; the first that fits counts. */
const TRADES: readonly (readonly [study: string, industry: RegExp])[] = [
  ['care', /health|dental|physio|care$|^care|diagnos|laborator|veterinar|optical|medical|wellness|beauty/i],
  ['teaching', /educat|school|tutor|childcare/i],
  ['transport', /logistic|freight|courier|transport|cold storage|shipping|port services|ride hailing|mobility/i],
  ['guests', /hospital|travel|touris|event|fitness|sport|catering|arts|charter|marina|coworking|wine|entertainment/i],
  ['building', /construct|landscap|building|interior|forestry|drilling|mining/i],
  [
    'field-service',
    /hvac|plumb|electric|elevator|repair|maintenance|energy|wind power|installation|telecom|utilit|security|facility|cleaning|pest/i,
  ],
];

/** The case study of the company's trade; null where the trade has none, or nobody knows it. */
export function studyFor<Study extends ReadStudy>(industry: string | null, studies: readonly Study[]): Study | null {
  const id = TRADES.find(([, words]) => words.test(industry ?? ''))?.[0];
  return studies.find((study) => study.id === id) ?? null;
}

const LINES: Readonly<Record<Need, string | null>> = {
  planning: 'Planning',
  booking: 'Booking',
  billing: 'Billing',
  whole: 'Whole',
  systems: null,
  unstated: null,
};

/** The line of a study that speaks to a need, word for word; null where it has none. */
export function factFor(need: Need, study: ReadStudy | null): string | null {
  const heading = LINES[need];
  const line = study?.text.split('\n').find((one) => heading !== null && one.startsWith(`${heading}: `));
  return line === undefined || heading === null ? null : line.slice(heading.length + 2).trim();
}
