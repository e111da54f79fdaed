import type { CapCount, EvaluationId } from '../../shared/contracts/index.ts';
import type { Correction, EvaluationStore, Spender } from '../../shared/ports/index.ts';
import { fullOfCase, type RunMoney } from '../run/money-cap.ts';

/**
 * The money of a run whose slices run apart from each other: one counter for all of them, so that the cap is passed by no call.
 * What a call that broke off had set aside stays counted: too much, never too little.
 */
export class StoredMoney implements RunMoney {
  readonly #evaluations: Pick<EvaluationStore, 'reserve' | 'settle'>;
  readonly #id: EvaluationId;
  readonly #maxMicros: number;
  readonly #byCase = new Map<string, number>();
  #isReached = false;

  constructor(evaluations: Pick<EvaluationStore, 'reserve' | 'settle'>, id: EvaluationId, maxUsd: number) {
    this.#evaluations = evaluations;
    this.#id = id;
    this.#maxMicros = Math.floor(maxUsd * 1_000_000);
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  async reserve({ caseId }: Spender, counts: readonly CapCount[]): Promise<string | null> {
    const amount = Math.max(0, ...counts.map((count) => count.amount));
    const full = fullOfCase(counts, (this.#byCase.get(caseId) ?? 0) + amount);
    if (full !== null) return full;
    this.#add(caseId, amount);
    if (await this.#evaluations.reserve(this.#id, amount, this.#maxMicros)) return null;
    this.#add(caseId, -amount);
    this.#isReached = true;
    return counts[0]?.cap ?? 'money-of-the-run';
  }

  async settle({ caseId }: Spender, corrections: readonly Correction[]): Promise<void> {
    // The same money under several caps: each is corrected by the same amount.
    const amount = corrections[0]?.amount ?? 0;
    this.#add(caseId, amount);
    await this.#evaluations.settle(this.#id, amount);
  }

  #add(caseId: string, amount: number): void {
    this.#byCase.set(caseId, (this.#byCase.get(caseId) ?? 0) + amount);
  }
}
