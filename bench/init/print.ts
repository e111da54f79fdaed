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
 * How much longer than the floor a bundle may take: times differ between machines and moments, ratios of one run hardly. A
 * figure here goes down and not up.
 */
const MOST_OF_FLOOR = { withClaude: 3, withPages: 3, others: 2.5 } as const;

/** They show pages or send mails, and carry all the words and styles of these. */
const WITH_PAGES: ReadonlySet<string> = new Set(['answer-request', 'show-request', 'show-inbox']);

export function limitOf(name: string): number {
  if (name === 'run-turn') return MOST_OF_FLOOR.withClaude;
  return WITH_PAGES.has(name) ? MOST_OF_FLOOR.withPages : MOST_OF_FLOOR.others;
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
