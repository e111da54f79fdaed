import type { Clock } from '../../kernel/clock.ts';

/** Lets workers wait for tasks of an activity. */
export class ActivityQueue {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Tells workers that there may be a task. */
  announce(activityArn: string): void {
    for (const wake of this.#waiting.get(activityArn) ?? []) wake();
  }

  /** Resolves when a task may be there, or when the time is over: then with false. */
  wait(activityArn: string, untilMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(activityArn) ?? new Set();
      this.#waiting.set(activityArn, waiting);
      const done = (isThere: boolean): void => {
        waiting.delete(wake);
        timer.cancel();
        resolve(isThere);
      };
      const wake = (): void => done(true);
      const timer = this.#clock.at(untilMs, () => done(false));
      waiting.add(wake);
    });
  }
}
