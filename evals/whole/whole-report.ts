import type { Gates } from '../../shared/authoring/index.ts';
import { type Share, shareOf } from '../../shared/domain/agreement.ts';
import { bootstrapInterval, type Interval } from '../statistics/bootstrap.ts';
import { mean } from '../statistics/quantile.ts';
import { COURSE_MODEL } from './fixed-course.ts';
import type { WholeResult } from './measure-whole.ts';

const WHOLE_FORMAT = 'remit whole evaluation 1';

export interface AboutWhole {
  readonly workflow: string;
  readonly title: string;
  readonly version: string;
  readonly set: string;
  readonly setDigest: string;
  readonly tiers: readonly string[];
  readonly notRun: readonly string[];
  readonly startedAtMs: number;
  readonly node: string;
}

/** What whole requests showed, from the request to the report. */
export interface WholeReport {
  readonly format: typeof WHOLE_FORMAT;
  readonly about: AboutWhole;
  /** No model planned, searched or wrote: what it shows is search, assessor, checks and bounds. It passes no gate. */
  readonly isPlayed: boolean;
  readonly passes: boolean;
  readonly because: string;
  readonly figures: WholeFigures;
  readonly cases: readonly WholeResult[];
}

export interface WholeFigures {
  /** Whole requests. */
  readonly right: Share;
  /** Of the partners that were wanted and are there, those that were reported. */
  readonly found: Share;
  /** Of the partners that were reported, those that fit. */
  readonly fitting: Share;
  /** Of the claims that were reported, those that what was read bears. Null for a course, which quotes what it read. */
  readonly cited: Share | null;
  /** Of the requests that nobody fits, those where nobody was reported. */
  readonly refused: Share;
  /** Of all, those that a person is asked about. Null for a course, which never decides alone. */
  readonly asked: Share | null;
  /** Of all models. Null for a course, which asks none. */
  readonly perRequestUsd: number | null;
  readonly costInterval: Interval | null;
  readonly turns: { readonly mean: number; readonly most: number };
  readonly readings: { readonly mean: number; readonly most: number };
}

export function wholeReport(about: AboutWhole, gates: Gates, cases: readonly WholeResult[]): WholeReport {
  const isPlayed = cases.some(({ models }) => models.includes(COURSE_MODEL));
  const figures = figuresOf(cases, isPlayed);
  const { right } = figures;
  const { minimumDecisions, agreement } = gates;
  const because = isPlayed
    ? 'No model planned, searched or wrote, so no gate is passed, whatever the figures.'
    : right.of < minimumDecisions
      ? `Only ${right.of} requests were run; ${minimumDecisions} are needed to show anything.`
      : `Surely ${percent(right.lower)} right, wanted ${percent(agreement)}.`;
  const isEnough = right.of >= minimumDecisions && right.lower >= agreement;
  const passes = !isPlayed && isEnough && about.notRun.length === 0;
  return { format: WHOLE_FORMAT, about, isPlayed, passes, because, figures, cases };
}

/** What could not be otherwise is no figure, and is null. */
export function figuresOf(cases: readonly WholeResult[], isPlayed: boolean): WholeFigures {
  const sum = (amountOf: (one: WholeResult) => number): number => cases.reduce((all, one) => all + amountOf(one), 0);
  const proposed = sum((one) => one.proposed?.length ?? 0);
  const nobody = cases.filter(({ fitting }) => fitting.length === 0);
  const costs = cases.map(({ costUsd }) => costUsd);
  return {
    right: shareOf(cases.filter(({ isRight }) => isRight).length, cases.length),
    found: shareOf(
      sum(({ found }) => found),
      sum(({ wanted }) => wanted),
    ),
    fitting: shareOf(proposed - sum(({ wrong }) => wrong.length), proposed),
    cited: isPlayed
      ? null
      : shareOf(
          sum(({ claims, unproved }) => claims - unproved),
          sum(({ claims }) => claims),
        ),
    refused: shareOf(nobody.filter((one) => one.proposed?.length === 0).length, nobody.length),
    asked: isPlayed ? null : shareOf(cases.filter(({ isAlone }) => !isAlone).length, cases.length),
    perRequestUsd: isPlayed ? null : mean(costs),
    costInterval: isPlayed ? null : bootstrapInterval(costs, mean),
    turns: spread(cases.map(({ turns }) => turns)),
    readings: spread(cases.map(({ readings }) => readings)),
  };
}

function spread(counts: readonly number[]): { readonly mean: number; readonly most: number } {
  return { mean: mean(counts), most: Math.max(0, ...counts) };
}

function percent(share: number): string {
  return `${(Math.floor(share * 1_000) / 10).toFixed(1)} %`;
}
