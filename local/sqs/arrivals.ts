import type { Clock, Timer } from '../kernel/clock.ts';

/**
 * Wakes who waits for messages: at once when one arrives, and by the clock when a delayed or hidden one becomes visible.
 * A timer exists only while somebody waits.
 */
export class Arrivals {
  readonly #clock: Clock;
  readonly #soonestVisibleAtMs: (queue: string) => number | null;
  readonly #waiting = new Map<string, WaitingLine>();
  #isStopped = false;

  constructor(clock: Clock, soonestVisibleAtMs: (queue: string) => number | null) {
    this.#clock = clock;
    this.#soonestVisibleAtMs = soonestVisibleAtMs;
  }

  /** Resolves when a message may be visible, at once if one is; `cancel` resolves it early. */
  wait(queue: string): Arrival {
    if (this.#isStopped) return { arrived: Promise.resolve(), cancel: () => undefined };
    const soonest = this.#soonestVisibleAtMs(queue);
    if (soonest !== null && soonest <= this.#clock.now())
      return { arrived: Promise.resolve(), cancel: () => undefined };
    const line = this.#line(queue);
    let wake = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      wake = resolve;
    });
    line.wakes.add(wake);
    this.#arm(queue, line, soonest);
    return { arrived, cancel: () => this.#leave(queue, line, wake) };
  }

  /** To be called whenever a message of the queue became visible, or will become so sooner or later than before. */
  changed(queue: string): void {
    const line = this.#waiting.get(queue);
    if (line === undefined) return;
    const soonest = this.#soonestVisibleAtMs(queue);
    if (soonest !== null && soonest <= this.#clock.now()) this.#wakeAll(queue, line);
    else this.#arm(queue, line, soonest);
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Lets everybody go who waits. */
  stop(): void {
    this.#isStopped = true;
    for (const [queue, line] of this.#waiting) this.#wakeAll(queue, line);
  }

  #line(queue: string): WaitingLine {
    const line = this.#waiting.get(queue) ?? { wakes: new Set(), timer: null, timerAtMs: null };
    this.#waiting.set(queue, line);
    return line;
  }

  #arm(queue: string, line: WaitingLine, atMs: number | null): void {
    if (line.timerAtMs === atMs) return;
    line.timer?.cancel();
    line.timerAtMs = atMs;
    line.timer = atMs === null ? null : this.#clock.at(atMs, () => this.#wakeAll(queue, line));
  }

  #leave(queue: string, line: WaitingLine, wake: () => void): void {
    wake();
    line.wakes.delete(wake);
    if (line.wakes.size === 0) this.#close(queue, line);
  }

  #wakeAll(queue: string, line: WaitingLine): void {
    const wakes = [...line.wakes];
    this.#close(queue, line);
    for (const wake of wakes) wake();
  }

  #close(queue: string, line: WaitingLine): void {
    line.timer?.cancel();
    line.wakes.clear();
    if (this.#waiting.get(queue) === line) this.#waiting.delete(queue);
  }
}

export interface Arrival {
  readonly arrived: Promise<void>;
  cancel(): void;
}

interface WaitingLine {
  readonly wakes: Set<() => void>;
  timer: Timer | null;
  timerAtMs: number | null;
}
