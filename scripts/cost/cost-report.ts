import * as z from 'zod';
import { type TierShare, type TierUse, tierMix } from './tier-mix.ts';

/** What the meter says of one case, as `GET /_local/meter?caseId=` answers it. */
export const MeteredCase = z.object({
  lines: z.array(z.object({ item: z.string(), unit: z.string(), quantity: z.number(), usd: z.number() })),
  usd: z.number(),
  prices: z.object({ asOf: z.string(), region: z.string(), source: z.string(), checked: z.string() }),
  /** Null where the stack keeps its logs without end. */
  logRetentionDays: z.number().nullable(),
});
export type MeteredCase = z.infer<typeof MeteredCase>;

/** A closed case with what it cost; the model's part as the case itself keeps it. */
export interface CostedCase {
  readonly caseId: string;
  readonly modelUsd: number;
  readonly meter: MeteredCase;
  readonly use: TierUse;
}

export interface CostReport {
  readonly workflow: string;
  /** Closed cases that the average is of. */
  readonly n: number;
  readonly lastCaseId: string;
  readonly cases: number;
  readonly items: readonly CostItem[];
  readonly logs: LogFigures;
  /** On AWS, models aside. */
  readonly total: CostFigures;
  readonly model: CostFigures;
  readonly mix: readonly TierShare[];
  readonly month: Month;
  readonly prices: MeteredCase['prices'];
  readonly leftOut: readonly string[];
}

/** The average, multiplied; US dollars. */
export interface Month {
  readonly casesADay: number;
  readonly days: number;
  readonly awsUsd: number;
  readonly modelUsd: number;
}

const DAYS = 30;

export interface CostItem extends CostFigures {
  readonly item: string;
  readonly unit: string;
  /** Units of an average case. */
  readonly quantity: number;
}

/** What the logs of an average case cost, in US dollars. They are among the items too. */
export interface LogFigures {
  readonly takingInUsd: number;
  /** For all of the time that they are kept. */
  readonly keepingUsd: number;
  readonly retentionDays: number | null;
}

/** All in US dollars. */
export interface CostFigures {
  readonly averageUsd: number;
  readonly lastUsd: number;
  /** `cases` times the average. */
  readonly manyUsd: number;
}

/** What an account pays whatever the number of cases, and what the meter cannot tie to a case. */
const LEFT_OUT = [
  'what is paid by the month: storage, secrets, alarms, metrics, dashboards, and the polling of empty queues',
  'data transfer, and free tiers',
  'request pages that were only looked at, and reading in the console (an answer counts to its case)',
  'triggers that started no case',
];

/** @param costed newest first, at least one */
export function costReport(
  workflow: string,
  costed: readonly CostedCase[],
  { cases, casesADay }: { readonly cases: number; readonly casesADay: number },
): CostReport {
  const [last] = costed;
  if (last === undefined) throw new Error('A cost report needs a case.');
  const figures = (usdOf: (one: CostedCase) => number): CostFigures => {
    const averageUsd = averageOf(costed, usdOf);
    return { averageUsd, lastUsd: usdOf(last), manyUsd: averageUsd * cases };
  };
  const units = new Map(costed.flatMap(({ meter }) => meter.lines.map(({ item, unit }) => [item, unit] as const)));
  const items = [...units].map(([item, unit]) => ({
    item,
    unit,
    quantity: averageOf(costed, (one) => lineOf(one, item)?.quantity ?? 0),
    ...figures((one) => lineOf(one, item)?.usd ?? 0),
  }));
  const total = figures(({ meter }) => meter.usd);
  const model = figures(({ modelUsd }) => modelUsd);
  const inMonth = ({ averageUsd }: CostFigures): number => averageUsd * casesADay * DAYS;
  return {
    workflow,
    n: costed.length,
    lastCaseId: last.caseId,
    cases,
    items: items.toSorted((a, b) => b.averageUsd - a.averageUsd),
    logs: {
      takingInUsd: averageOf(costed, (one) => lineOf(one, 'log-bytes')?.usd ?? 0),
      keepingUsd: averageOf(costed, (one) => lineOf(one, 'log-byte-months')?.usd ?? 0),
      retentionDays: last.meter.logRetentionDays,
    },
    total,
    model,
    mix: tierMix(costed.map(({ use }) => use)),
    month: { casesADay, days: DAYS, awsUsd: inMonth(total), modelUsd: inMonth(model) },
    prices: last.meter.prices,
    leftOut: LEFT_OUT,
  };
}

function averageOf(costed: readonly CostedCase[], amountOf: (one: CostedCase) => number): number {
  return costed.reduce((sum, one) => sum + amountOf(one), 0) / costed.length;
}

function lineOf({ meter }: CostedCase, item: string): MeteredCase['lines'][number] | undefined {
  return meter.lines.find((line) => line.item === item);
}
