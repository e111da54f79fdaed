import type { Roi, RoiInput } from '../../evals/roi/roi.ts';
import { table } from '../report/table.ts';
import { ASSUMPTIONS } from './options.ts';

/** The sum for a terminal: what comes of it first, then every number that it rests on and how to change it. */
export function roiTable(title: string, input: RoiInput, roi: Roi): string[] {
  const names = Object.keys(ASSUMPTIONS) as (keyof RoiInput)[];
  const rows = names.map((name) => {
    const { words, option } = ASSUMPTIONS[name];
    return [words, plain(input[name].value), input[name].from, `--${option}`];
  });
  return [
    `${title}: ${verdict(roi)}`,
    '',
    ...table(['Per month', 'hours', 'USD'], monthRows(roi)),
    '',
    `A case costs ${money(roi.usdPerCase)} USD, people's time included. The first year comes to ${money(roi.firstYearUsd)} USD.`,
    roi.breakEvenCases === null
      ? 'At no number of cases does it earn more than it costs to run.'
      : `It earns more than it costs to run from ${roi.breakEvenCases} cases a month on.`,
    '',
    ...table(['Rests on', 'value', 'from', 'change it by'], rows),
  ];
}

function verdict({ payBackMonths, netUsd }: Roi): string {
  if (payBackMonths === null) return `does not pay back: a month comes to ${money(netUsd)} USD`;
  const months = payBackMonths < 0.1 ? 'less than 0.1' : payBackMonths.toFixed(1);
  return `pays back in ${months} months, then earns ${money(netUsd)} USD a month`;
}

function monthRows(roi: Roi): string[][] {
  return [
    ['By hand, before', hours(roi.hoursBefore), ''],
    ['People: questions', hours(-roi.hoursOfQuestions), ''],
    ['People: putting right', hours(-roi.hoursOfRework), ''],
    ['Saved', hours(roi.hoursSaved), money(roi.savedUsd)],
    ['Models', '', money(-roi.modelUsd)],
    ['AWS', '', money(-roi.awsUsd)],
    ['Looking after it', '', money(-roi.careUsd)],
    ['Left', '', money(roi.netUsd)],
  ];
}

function hours(value: number): string {
  return signless(value.toFixed(1));
}

function money(value: number): string {
  return signless(value.toFixed(2));
}

function signless(text: string): string {
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

function plain(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
