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

/** The one function that carries Anthropic's SDK. */
const WITH_CLAUDE = 'run-turn';

export function budgetOf(name: string): Budget {
  return name === WITH_CLAUDE ? { bytes: 420_000, medianMs: 100 } : { bytes: 300_000, medianMs: 70 };
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
