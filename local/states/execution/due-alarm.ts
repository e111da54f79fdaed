import type { Activity } from '../../kernel/activity.ts';
import type { Clock, Timer } from '../../kernel/clock.ts';

/**
 * One timer for all that is due some day: it stands at the soonest moment on disk, so that ten thousand waiting
 * executions cost no memory.
 */
export class DueAlarm {
  readonly #options: DueAlarmOptions;
  #timer: Timer | null = null;
  #setForMs = Number.POSITIVE_INFINITY;
  #isRinging = false;
  #isStopped = true;

  constructor(options: DueAlarmOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
    this.#setToSoonest();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#timer = null;
    this.#setForMs = Number.POSITIVE_INFINITY;
  }

  /** Makes sure that the alarm rings at `atMs` or before. */
  setFor(atMs: number): void {
    if (this.#isStopped || this.#isRinging || atMs >= this.#setForMs) return;
    this.#timer?.cancel();
    this.#setForMs = atMs;
    this.#timer = this.#options.clock.at(atMs, () => {
      this.#setForMs = Number.POSITIVE_INFINITY;
      this.#timer = null;
      void this.#options.activity.track(this.#ring());
    });
  }

  async #ring(): Promise<void> {
    this.#isRinging = true;
    try {
      await this.#options.ring(this.#options.clock.now());
    } finally {
      this.#isRinging = false;
      this.#setToSoonest();
    }
  }

  #setToSoonest(): void {
    if (this.#isStopped) return;
    const soonestMs = this.#options.soonest();
    if (soonestMs !== null) this.setFor(soonestMs);
  }
}

export interface DueAlarmOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  /** The soonest moment at which something is due, from disk. */
  readonly soonest: () => number | null;
  /** Settles when all that was due has been dealt with on disk. */
  readonly ring: (nowMs: number) => Promise<void>;
}
