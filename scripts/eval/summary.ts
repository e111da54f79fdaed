import { inPercent } from '../../evals/gates.ts';
import type { Report } from '../../evals/report/report.ts';
import type { Share } from '../../shared/domain/agreement.ts';
import { usd } from '../../shared/pages/figure-words.ts';

/** The report for a terminal: passes or not, why, and where to read on. */
export function summaryLines(report: Report, page: string): string[] {
  const { about, gates, figures, cost, comparison, failures } = report;
  const width = Math.max(...gates.map(({ title }) => title.length));
  return [
    '',
    `${about.title}: ${report.passes ? 'passes its gates' : 'does not pass its gates'}`,
    ...gates.map(({ passes, title, because }) => `  ${passes ? 'yes' : 'NO '}  ${title.padEnd(width)}  ${because}`),
    '',
    `Right in ${shareWords(figures.right)} of all answers; ${shareWords(figures.rightAlone)} of those decided without a person.`,
    `Models cost ${usd(cost.perDecisionUsd)} a decision, ${usd(cost.perMonthUsd)} a month at ${cost.volume} decisions.`,
    about.honesty,
    ...(about.notRun.length === 0
      ? []
      : [
          `It stopped when the money was spent; left: ${about.notRun.length}. Go on with --resume and a higher --max-usd.`,
        ]),
    ...(comparison === null ? [] : ['', `Against the earlier run: ${comparison.verdict}. ${comparison.because}`]),
    ...(failures.length === 0 ? [] : ['', 'What most often goes wrong, or to a person though it was right:']),
    ...failures.slice(0, 5).map(({ cases, title }) => `  ${String(cases.agreed).padStart(4)}  ${title}`),
    '',
    `The whole report: ${page}`,
  ];
}

/** `92.5 % (88.1 to 95.4 %, 185 of 200)` */
function shareWords({ agreed, of, lower, upper }: Share): string {
  if (of === 0) return 'none';
  return `${inPercent(agreed / of)} (${inPercent(lower)} to ${inPercent(upper)}, ${agreed} of ${of})`;
}
