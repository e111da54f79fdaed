import { parseArgs } from 'node:util';
import type { RoiInput } from '../../evals/roi/roi.ts';
import { usageProblem } from '../command/usage-problem.ts';

/** By assumption: the option that changes it, and how it is read by people. */
export const ASSUMPTIONS: Readonly<Record<keyof RoiInput, { readonly option: string; readonly words: string }>> = {
  casesPerMonth: { option: 'volume', words: 'Cases per month' },
  minutesByHand: { option: 'minutes', words: 'Minutes a case took by hand' },
  askedShare: { option: 'asked-share', words: 'Share that still goes to a person' },
  minutesPerQuestion: { option: 'question-minutes', words: 'Minutes a person spends on a question' },
  reworkShare: { option: 'rework-share', words: 'Share decided alone and wrong' },
  minutesPerRework: { option: 'rework-minutes', words: 'Minutes to put one right' },
  usdPerHour: { option: 'hourly-usd', words: 'An hour of a person, USD' },
  modelUsdPerCase: { option: 'model-usd', words: 'Models per case, USD' },
  awsUsdPerCase: { option: 'aws-usd', words: 'AWS per case, USD' },
  awsUsdPerMonth: { option: 'aws-monthly-usd', words: 'AWS per month whatever the cases, USD' },
  buildUsd: { option: 'build-usd', words: 'Building it, once, USD' },
  careUsdPerMonth: { option: 'care-usd', words: 'Looking after it, per month, USD' },
};

const NAMES = Object.keys(ASSUMPTIONS) as (keyof RoiInput)[];

const USAGE = [
  'Whether it pays:  npm run roi -- <workflow> [options] [--days 30] [--report <report.json>] [--json]',
  '  --days              cases of so many days of the running runtime are looked at (default: 30)',
  '  --report            evaluation to take shares from (default: .remit/evals/<workflow>/report.json)',
  ...NAMES.map((name) => `  --${ASSUMPTIONS[name].option.padEnd(18)}${ASSUMPTIONS[name].words}`),
].join('\n');

export interface RoiWanted {
  readonly workflow: string;
  readonly given: Readonly<Partial<Record<keyof RoiInput, number>>>;
  readonly days: number;
  readonly report: string;
  readonly isJson: boolean;
}

/** @throws Problem with the usage, where it is not clear what is wanted. */
export function roiOptions(args: readonly string[]): RoiWanted {
  try {
    const text = { type: 'string' } as const;
    const named = Object.fromEntries(NAMES.map((name) => [ASSUMPTIONS[name].option, text]));
    const options = { ...named, days: text, report: text, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [workflow, ...more] = positionals;
    if (workflow === undefined || more.length > 0) throw new Error('Say which workflow.');
    const read = values as Readonly<Record<string, string | boolean | undefined>>;
    const given = NAMES.flatMap((name): [string, number][] => {
      const { option } = ASSUMPTIONS[name];
      const value = read[option];
      return typeof value === 'string' ? [[name, numberOf(option, value)]] : [];
    });
    return {
      ...{ workflow, given: Object.fromEntries(given), isJson: read['json'] === true },
      days: numberOf('days', String(read['days'] ?? '30')),
      report: typeof read['report'] === 'string' ? read['report'] : `.remit/evals/${workflow}/report.json`,
    };
  } catch (error) {
    throw usageProblem(error, USAGE);
  }
}

function numberOf(option: string, value: string): number {
  const number = Number(value);
  const most = option.endsWith('share') ? 1 : Number.MAX_VALUE;
  if (value.trim() === '' || !(number >= 0 && number <= most)) {
    throw new Error(`--${option} takes a number from 0${most === 1 ? ' to 1' : ''}.`);
  }
  return number;
}
