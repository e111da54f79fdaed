import type { Clock, Timer } from '../../kernel/clock.ts';

/** A clock that stands still until it is told to jump to its next timer: waits of hours pass in no time. */
export class JumpingClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<{ readonly timeMs: number; readonly task: () => void }>();

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, task: () => void): Timer {
    const timer = { timeMs, task };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.at(this.#nowMs + ms, resolve);
    });
  }

  /** Goes to the soonest timer and fires it; false when there is none. */
  jump(): boolean {
    const soonest = [...this.#timers].sort((a, b) => a.timeMs - b.timeMs)[0];
    if (soonest === undefined) return false;
    this.#timers.delete(soonest);
    this.#nowMs = Math.max(this.#nowMs, soonest.timeMs);
    soonest.task();
    return true;
  }
}
