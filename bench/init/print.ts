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
  readonly budget: Budget;
}

export function budgetOf(name: string): Budget {
  return { bytes: bytesOf(name), medianMs: name === 'run-turn' ? 100 : 70 };
}

export function printFigures(figures: readonly InitFigures[]): void {
  console.log(line(['bundle', 'KB', 'budget', 'init ms', 'least', 'budget', '']));
  for (const { name, bytes, medianMs, leastMs, budget } of figures) {
    const isOver = bytes > budget.bytes || medianMs > budget.medianMs;
    console.log(
      line([
        name,
        (bytes / 1_000).toFixed(1),
        String(budget.bytes / 1_000),
        medianMs.toFixed(1),
        leastMs.toFixed(1),
        String(budget.medianMs),
        isOver ? '  over' : '',
      ]),
    );
  }
}

function line([name = '', ...cells]: readonly string[]): string {
  return (name.padEnd(18) + cells.map((cell) => cell.padStart(9)).join('')).trimEnd();
}
