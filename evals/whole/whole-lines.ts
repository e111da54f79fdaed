import type { Share } from '../../shared/domain/agreement.ts';
import { moneyWords, plainShare, shareWords } from '../report/words.ts';
import type { WholeReport } from './whole-report.ts';

/** A figure with its name, and of what it is. */
export interface WholeLine {
  readonly name: string;
  readonly value: string;
  readonly of: string;
}

/** Said wherever a figure of such a run stands. */
export const PLAYED = 'no model: fixed course';

/** The figures for people. None of them is of a single request. */
export function wholeLines({ figures }: WholeReport): readonly WholeLine[] {
  const { right, found, fitting, cited, refused, asked, perRequestUsd, turns, readings } = figures;
  const share = (name: string, one: Share | null, what: string): WholeLine[] =>
    one === null ? [] : [{ name, value: plainShare(one), of: `${shareWords(one)} ${what}` }];
  const money = perRequestUsd === null ? [] : [moneyWords(perRequestUsd)];
  return [
    ...share('Whole requests right', right, 'requests: as many as wanted and there, nobody else, every claim borne'),
    ...share('Wanted partners found', found, 'partners that were wanted and are there'),
    ...share('Reported partners fit', fitting, 'partners that were reported'),
    ...share('Claims borne by what was read', cited, 'claims that were reported'),
    ...share('Nobody fits, nobody reported', refused, 'requests that nobody fits'),
    ...share('A person is asked', asked, 'requests'),
    ...money.map((value) => ({ name: 'Models, per request', value, of: `mean of ${right.of} requests` })),
    { name: 'Turns', value: turns.mean.toFixed(1), of: `mean of ${right.of} requests; ${turns.most} at most` },
    { name: 'Readings', value: readings.mean.toFixed(1), of: `mean of ${right.of} requests; ${readings.most} at most` },
  ];
}

/** The report for a terminal. */
export function wholeSummary(report: WholeReport, page: string): string[] {
  const { about, isPlayed, passes, because, cases } = report;
  const mark = isPlayed ? `  [${PLAYED}]` : '';
  const lines = wholeLines(report);
  const width = Math.max(...lines.map(({ name }) => name.length));
  const wrong = cases.filter(({ isRight }) => !isRight);
  return [
    '',
    `${about.title}, whole: ${passes ? 'passes its gate' : 'does not pass its gate'}. ${because}${mark}`,
    ...lines.map(({ name, value, of }) => `  ${name.padEnd(width)}  ${value.padStart(8)}  ${of}${mark}`),
    ...(about.notRun.length === 0 ? [] : [`It stopped when the money was spent; left: ${about.notRun.length}.${mark}`]),
    ...(wrong.length === 0 ? [] : ['', `What went wrong:${mark}`]),
    ...wrong.map((one) => `  ${one.id}  ${wrongWords(one)}: ${one.text}${mark}`),
    '',
    `The whole report: ${page}`,
  ];
}

/** `1 of 2 found, wrong: a.example` */
export function wrongWords({ proposed, found, wanted, wrong, unproved }: WholeReport['cases'][number]): string {
  if (proposed === null) return 'no report';
  const extra = proposed.length > found + wrong.length ? [`${proposed.length} reported, ${wanted} wanted`] : [];
  return [
    `${found} of ${wanted} found`,
    ...(wrong.length === 0 ? [] : [`wrong: ${wrong.join(', ')}`]),
    ...extra,
    ...(unproved === 0 ? [] : [`${unproved} claims that nothing bears`]),
  ].join(', ');
}
