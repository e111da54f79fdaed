import type { CapCount } from '../../shared/contracts/index.ts';
import { microUsd } from '../../shared/domain/spending.ts';
import type { Budget, Correction, Spender } from '../../shared/ports/index.ts';

/** What a run may spend. */
export interface RunMoney extends Budget {
  /** A call was refused for want of money: the run is over. */
  readonly isReached: boolean;
}

/**
 * The money of a whole run, and of each case under the workflow's own limit per case. What a call may cost is set aside before
 * it is made, so that the cap is passed by no call.
 */
export class MoneyCap implements RunMoney {
  readonly #maxMicros: number;
  readonly #byCase = new Map<string, number>();
  #spentMicros = 0;
  #isReached = false;

  constructor(maxUsd: number, spentUsd: number) {
    this.#maxMicros = Math.floor(maxUsd * 1_000_000);
    this.#spentMicros = microUsd(spentUsd);
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  async reserve({ caseId }: Spender, counts: readonly CapCount[]): Promise<string | null> {
    const amount = Math.max(0, ...counts.map((count) => count.amount));
    const ofCase = (this.#byCase.get(caseId) ?? 0) + amount;
    const full = fullOfCase(counts, ofCase);
    if (full !== null) return full;
    if (this.#spentMicros + amount > this.#maxMicros) {
      this.#isReached = true;
      return counts[0]?.cap ?? 'money-of-the-run';
    }
    this.#add(caseId, amount);
    return null;
  }

  async settle({ caseId }: Spender, corrections: readonly Correction[]): Promise<void> {
    // The same money under several caps: each is corrected by the same amount.
    this.#add(caseId, corrections[0]?.amount ?? 0);
  }

  #add(caseId: string, amount: number): void {
    this.#byCase.set(caseId, (this.#byCase.get(caseId) ?? 0) + amount);
    this.#spentMicros += amount;
  }
}

/** The cap of a single case that has no room for that much; null where all have. */
export function fullOfCase(counts: readonly CapCount[], ofCase: number): string | null {
  return counts.find(({ day, limit }) => day === null && ofCase > limit)?.cap ?? null;
}
