import { BUDGET_BYTES } from '../../scripts/build/bundle-limits.ts';

export interface Budget {
  readonly bytes: number;
  readonly medianMs: number;
}

export interface InitFigures {
  readonly name: string;
  readonly bytes: number;
  readonly medianMs: number;
  readonly leastMs: number;
  /** Median against that of the least that a function can be, in the same run. */
  readonly ratio: number;
  readonly limit: number;
  readonly budget: Budget;
}

/**
 * How much longer than the floor a bundle may take: times differ between machines and moments, ratios of one run hardly. No
 * start loads a workflow, so these hold however many there are. A figure here goes down and not up.
 */
const MOST_OF_FLOOR = { heavy: 2.5, others: 2.3 } as const;

/** They carry the pages for people, mails, or what agents and actions are decided by. */
const HEAVY: ReadonlySet<string> = new Set([
  ...['advance-case', 'answer-request', 'open-request', 'perform-action', 'run-turn', 'start-case', 'watch-autonomy'],
]);

export function limitOf(name: string): number {
  return HEAVY.has(name) ? MOST_OF_FLOOR.heavy : MOST_OF_FLOOR.others;
}

export const BUDGET: Budget = { bytes: BUDGET_BYTES, medianMs: 70 };

export function printFigures(figures: readonly InitFigures[]): void {
  console.log(line(['bundle', 'KB', 'budget', 'init ms', 'least', 'budget', 'x floor', 'limit', '']));
  for (const { name, bytes, medianMs, leastMs, ratio, limit, budget } of figures) {
    const isOver = bytes > budget.bytes || medianMs > budget.medianMs;
    console.log(
      line([
        name,
        (bytes / 1_000).toFixed(1),
        String(budget.bytes / 1_000),
        medianMs.toFixed(1),
        leastMs.toFixed(1),
        String(budget.medianMs),
        ratio.toFixed(2),
        limit.toFixed(1),
        isOver ? '  over' : '',
      ]),
    );
  }
}

function line([name = '', ...cells]: readonly string[]): string {
  return (name.padEnd(18) + cells.map((cell) => cell.padStart(9)).join('')).trimEnd();
}
