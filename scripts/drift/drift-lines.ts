import type { Drift, Grade } from '../../evals/drift/drift.ts';
import { mean } from '../../evals/statistics/quantile.ts';
import { table } from '../report/table.ts';
import type { ListedCase } from '../runtime/list-cases.ts';

/** What one week brought. */
export interface CaseWeek {
  /** Its first day, a Monday of UTC. */
  readonly from: string;
  readonly cases: number;
  /** Of those that were decided. */
  readonly meanConfidence: number;
  readonly asked: number;
  readonly corrected: number;
}

/** Week by week, oldest first. @param correctedAtMs when people corrected a decision */
export function weeksOf(cases: readonly ListedCase[], correctedAtMs: readonly number[]): CaseWeek[] {
  const corrected = Map.groupBy(correctedAtMs, weekOf);
  return [...Map.groupBy(cases, ({ openedAtMs }) => weekOf(openedAtMs))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, own]) => ({
      ...{ from, cases: own.length, meanConfidence: mean(own.flatMap(({ confidence }) => confidence ?? [])) },
      asked: own.filter(({ personAsked }) => personAsked).length,
      corrected: corrected.get(from)?.length ?? 0,
    }));
}

const DAY_MS = 86_400_000;

function weekOf(ms: number): string {
  const sinceMonday = (new Date(ms).getUTCDay() + 6) % 7;
  return new Date(ms - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

/** Drift for a terminal: the warnings first, then what was looked at. @param what is counted */
export function driftLines(title: string, drift: Drift, weeks: readonly CaseWeek[], what = 'cases'): string[] {
  const rows = [
    ...drift.kinds.map((one) => [one.path, gradeWords(one), one.index.toFixed(3), `${one.unseen} unseen`]),
    ...drift.numbers.map((one) => [one.path, gradeWords(one), one.distance.toFixed(3), '']),
  ];
  const order = [GRADES.moved, GRADES.watch, GRADES.stable, NOT_LEARNED];
  const sorted = rows.toSorted((a, b) => order.indexOf(a[1] ?? '') - order.indexOf(b[1] ?? ''));
  return [
    `${title}: ${headline(drift)}`,
    ...drift.warnings.map((warning) => `  WARNING  ${warning}`),
    `${drift.now} ${what} now, ${drift.training} in the training set.`,
    ...(drift.isTooFew ? [] : ['', ...table(['What came in', 'is', 'distance', ''], sorted)]),
    ...(weeks.length === 0
      ? []
      : ['', ...table(['Week of', 'cases', 'confidence', 'asked', 'corrected'], weeks.map(weekRow))]),
  ];
}

const GRADES: Readonly<Record<Grade, string>> = { stable: 'as in training', watch: 'a little off', moved: 'MOVED' };

const NOT_LEARNED = 'off, but not learned from';

function gradeWords({ grade, isLearned }: { readonly grade: Grade; readonly isLearned: boolean }): string {
  return isLearned || grade === 'stable' ? GRADES[grade] : NOT_LEARNED;
}

function headline({ isTooFew, warnings }: Drift): string {
  if (isTooFew) return 'too few cases to say whether anything has moved';
  return warnings.length === 0 ? 'nothing has moved' : 'it has moved away from what it learned';
}

function weekRow({ from, cases, meanConfidence, asked, corrected }: CaseWeek): string[] {
  return [from, String(cases), meanConfidence.toFixed(2), String(asked), String(corrected)];
}
