import type { SpotCheck, SpotDraw } from '../../contracts/index.ts';
import { dayOf } from '../caps.ts';
import { type Accuracy, estimateAccuracy } from './estimate.ts';

/** What spot-checks say of what was done without a person. */
export interface SpotFigures {
  /** Cases that there were to draw from. */
  readonly cases: number;
  readonly drawn: number;
  /** Of these, the ones that somebody has answered, and that were not right. */
  readonly checked: number;
  readonly wrong: number;
  readonly wrongCases: readonly string[];
  /** Of all cases, estimated from those that were checked. */
  readonly accuracy: Accuracy;
}

/** `segment`: id or `all`; left out for all segments together. */
export interface SpotScope {
  readonly version: string;
  readonly segment?: string;
  /** Only cases that ended on this day (UTC) or later; `2026-11-29`. */
  readonly sinceDay: string;
}

/** So far back spot-checks count. */
const DAYS = 30;
const DAY_MS = 86_400_000;

/** The first day that counts: so many days ago, and wholly after `sinceMs`. */
export function firstDayOf(nowMs: number, sinceMs = 0): string {
  return dayOf(Math.max(nowMs - DAYS * DAY_MS, sinceMs === 0 ? 0 : sinceMs + DAY_MS));
}

export function spotFigures(
  draws: readonly SpotDraw[],
  checks: readonly SpotCheck[],
  { version, segment, sinceDay }: SpotScope,
): SpotFigures {
  const isMeant = (of: { readonly version: string; readonly segment: string }): boolean =>
    of.version === version && (segment === undefined || of.segment === segment);
  const strata = draws.flatMap((draw) => (draw.day < sinceDay ? [] : draw.strata.filter(isMeant)));
  const drawn = checks.filter((check) => check.day >= sinceDay && isMeant(check));
  const answered = drawn.filter(({ isRight }) => isRight !== null);
  const wrong = answered.filter(({ isRight }) => isRight === false);
  const kinds = Map.groupBy(strata, (one) => kindOf(one));
  const of = Map.groupBy(answered, (one) => kindOf(one));
  return {
    cases: total(strata),
    drawn: strata.reduce((sum, one) => sum + one.drawn, 0),
    checked: answered.length,
    wrong: wrong.length,
    wrongCases: wrong.map(({ caseId }) => caseId),
    accuracy: estimateAccuracy(
      [...kinds].map(([kind, alike]) => ({
        cases: total(alike),
        checks: (of.get(kind) ?? []).map(({ probability, isRight }) => ({ probability, isRight: isRight === true })),
      })),
    ),
  };
}

/** Days are put together: cases of one segment and band are alike on all of them. */
function kindOf({ segment, band }: Pick<SpotCheck, 'segment' | 'band'>): string {
  return `${segment}/${band}`;
}

function total(strata: readonly { readonly cases: number }[]): number {
  return strata.reduce((sum, { cases }) => sum + cases, 0);
}
