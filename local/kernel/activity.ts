/**
 * Counts work in flight (a Lambda running, a message on its way, a state being left), so that the clock can wait until
 * all that follows from one moment has happened before it moves to the next.
 */
export class Activity {
  #inFlight = 0;
  #waiters: (() => void)[] = [];

  /** Counts `work` as in flight until it settles, and passes its outcome on. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await work;
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#release();
    }
  }

  get isIdle(): boolean {
    return this.#inFlight === 0;
  }

  /** Resolves when nothing has been in flight for two turns of the event loop, or after `limitMs` of real time. */
  async whenIdle(limitMs = 10_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    let quietTurns = 0;
    while (quietTurns < 3 && performance.now() < deadline) {
      if (this.isIdle) {
        quietTurns += 1;
        await new Promise((resolve) => setImmediate(resolve));
      } else {
        quietTurns = 0;
        await this.#nextIdle(deadline - performance.now());
      }
    }
  }

  #nextIdle(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
