import type { CapCount } from '../../shared/contracts/index.ts';
import { microUsd } from '../../shared/domain/spending.ts';
import type { Budget, Correction, Spender } from '../../shared/ports/index.ts';

/**
 * The money of a whole run, and of each case under the workflow's own limit per case. What a call may cost is set aside before
 * it is made, so that the cap is passed by no call.
 */
export class MoneyCap implements Budget {
  readonly #maxMicros: number;
  readonly #byCase = new Map<string, number>();
  #spentMicros = 0;
  #isReached = false;

  constructor(maxUsd: number, spentUsd: number) {
    this.#maxMicros = Math.floor(maxUsd * 1_000_000);
    this.#spentMicros = microUsd(spentUsd);
  }

  /** A call was refused for want of money: the run is over. */
  get isReached(): boolean {
    return this.#isReached;
  }

  async reserve({ caseId }: Spender, counts: readonly CapCount[]): Promise<string | null> {
    const amount = Math.max(0, ...counts.map((count) => count.amount));
    const ofCase = (this.#byCase.get(caseId) ?? 0) + amount;
    const full = counts.find(({ day, limit }) => day === null && ofCase > limit);
    if (full !== undefined) return full.cap;
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
