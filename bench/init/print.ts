import { budgetOf as bytesOf } from '../../scripts/build/bundle-limits.ts';

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
 * How much longer than the floor a bundle may take: times differ between machines and moments, ratios of one run hardly. Every
 * workflow that is deployed is in every bundle, so these are for the seven that come with it. A figure here goes down and not up.
 */
const MOST_OF_FLOOR = { heavy: 3.8, others: 3.4 } as const;

/** They carry Claude, the pages for people, all that acts, or the reports of evaluations. */
const HEAVY: ReadonlySet<string> = new Set([
  ...['answer-request', 'evaluate', 'perform-action', 'run-turn', 'show-inbox', 'show-request'],
]);

export function limitOf(name: string): number {
  return HEAVY.has(name) ? MOST_OF_FLOOR.heavy : MOST_OF_FLOOR.others;
}

export function budgetOf(name: string): Budget {
  return { bytes: bytesOf(name), medianMs: name === 'run-turn' ? 100 : 70 };
}

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
