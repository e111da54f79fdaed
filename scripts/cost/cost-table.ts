import { table } from '../report/table.ts';
import type { CostFigures, CostReport, LogFigures } from './cost-report.ts';

/** The report for the terminal, line by line. */
export function costTable(report: CostReport): readonly string[] {
  const many = `${report.cases.toLocaleString('en-US')} cases`;
  const rows = report.items.map((item) => [item.item, `${quantity(item.quantity)} ${item.unit}`, ...usd(item)]);
  return [
    `What a case of ${report.workflow} costs on AWS, by what the local runtime counted`,
    `The average is of the ${report.n === 1 ? 'newest closed case' : `${report.n} newest closed cases`}; the last one is ${report.lastCaseId}.`,
    '',
    ...table(
      ['item', 'an average case has', 'average, USD', 'last, USD', `${many}, USD`],
      [...rows, ['together', '', ...usd(report.total)], ['models, beside AWS', '', ...usd(report.model)]],
    ),
    '',
    logWords(report.logs, report.cases),
    '',
    ...monthLines(report),
    '',
    `Prices: ${report.prices.source}, ${report.prices.asOf}, ${report.prices.region}; ${report.prices.checked}.`,
    'Lambda time is that of this machine, where functions of one case may run slower or faster than on AWS.',
    'Not in these figures:',
    ...report.leftOut.map((what) => `  - ${what}`),
  ];
}

/** With as many cases each month, it is paid each month once the first logs are old enough to go. */
function logWords({ takingInUsd, keepingUsd, retentionDays }: LogFigures, cases: number): string {
  const keeping =
    retentionDays === null
      ? 'what keeping them without end costs is left out'
      : `${keepingUsd.toFixed(8)} to keep them for ${retentionDays} days (remit:logRetentionDays in cdk.json)`;
  const monthlyUsd = cases * (takingInUsd + keepingUsd);
  return `Logs of an average case, USD: ${takingInUsd.toFixed(8)} to take them in, ${keeping}; with ${cases.toLocaleString('en-US')} cases a month ${monthlyUsd.toFixed(4)} a month.`;
}

/** Who decides how much of it, and what a month comes to. */
function monthLines({ mix, month, n }: CostReport): readonly string[] {
  const { casesADay, days, awsUsd, modelUsd } = month;
  const inMonth = (averageUsd: number): string => (averageUsd * casesADay * days).toFixed(2);
  const rows = mix.map(({ tier, asked, decided, averageUsd }) => [
    ...[tier, percent(asked), percent(decided), averageUsd.toFixed(8), inMonth(averageUsd)],
  ]);
  return [
    `A month of ${days} days with ${casesADay.toLocaleString('en-US')} cases a day, if all are like ${n === 1 ? 'this one' : `these ${n}`}: ` +
      `AWS ${awsUsd.toFixed(2)} USD, models ${modelUsd.toFixed(2)} USD, together ${(awsUsd + modelUsd).toFixed(2)} USD.`,
    '',
    ...table(['tier', 'asked in, %', 'decided, %', 'an average case, USD', 'the month, USD'], rows),
  ];
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function usd({ averageUsd, lastUsd, manyUsd }: CostFigures): readonly string[] {
  return [averageUsd.toFixed(8), lastUsd.toFixed(8), manyUsd.toFixed(4)];
}

function quantity(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
