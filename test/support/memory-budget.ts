import type { CapCount } from '../../shared/contracts/index.ts';
import type { Budget, Correction, Spender } from '../../shared/ports/index.ts';

/** Money in memory, in millionths of a dollar. */
export class MemoryBudget implements Budget {
  /** By workflow or case, cap and day. */
  readonly spent = new Map<string, number>();

  async reserve(of: Spender, counts: readonly CapCount[]): Promise<string | null> {
    const full = counts.find((count) => this.#spent(of, count) + count.amount > count.limit);
    if (full !== undefined) return full.cap;
    for (const count of counts) this.#add(of, count);
    return null;
  }

  async settle(of: Spender, corrections: readonly Correction[]): Promise<void> {
    for (const correction of corrections) this.#add(of, correction);
  }

  #spent(of: Spender, counter: Correction): number {
    return this.spent.get(keyOf(of, counter)) ?? 0;
  }

  #add(of: Spender, counter: Correction): void {
    this.spent.set(keyOf(of, counter), this.#spent(of, counter) + counter.amount);
  }
}

function keyOf({ workflow, caseId }: Spender, { cap, day }: Correction): string {
  return day === null ? `${caseId}/${cap}` : `${workflow}/${cap}/${day}`;
}
