import type { HistoryPlan } from './history-keys.ts';

/** Past numbers by key, a table per key of the plan, from narrow to broad. */
export interface NumberHistory {
  readonly plan: HistoryPlan;
  readonly tolerance: number;
  readonly tables: readonly Map<number, number[]>[];
}

/** What history says of a number: the median, and how sure, uncalibrated. */
export interface NumberGuess {
  readonly value: number;
  readonly raw: number;
}

type Keys = readonly (number | undefined)[];

const FEWEST_CASES = 3;

export function emptyNumberHistory(plan: HistoryPlan, tolerance: number): NumberHistory {
  return { plan, tolerance, tables: plan.keys.map(() => new Map()) };
}

export function rememberNumber(history: NumberHistory, keys: Keys, value: number): void {
  history.tables.forEach((table, level) => {
    const key = keys[level];
    if (key === undefined) return;
    const values = table.get(key);
    if (values) values.push(value);
    else table.set(key, [value]);
  });
}

/** The median of the narrowest key with at least three cases; undefined where no key has them. */
export function lookUpNumber(history: NumberHistory, keys: Keys): NumberGuess | undefined {
  for (const [level, table] of history.tables.entries()) {
    const key = keys[level];
    const values = key === undefined ? undefined : table.get(key);
    if (values && values.length >= FEWEST_CASES) return guessFrom(values, history.tolerance);
  }
  return undefined;
}

function guessFrom(values: readonly number[], tolerance: number): NumberGuess {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  const near = sorted.filter((other) => Math.abs(other - value) <= tolerance + 1e-9).length;
  return { value, raw: (near / values.length) * (values.length / (values.length + 1)) };
}
