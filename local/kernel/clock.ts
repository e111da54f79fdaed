import type { Activity } from './activity.ts';
import type { Store } from './store.ts';
import { TimerHeap } from './timer-heap.ts';

/** The time that all services of the local runtime live by. */
export interface Clock {
  /** Milliseconds since the epoch, in the runtime's time. */
  now(): number;
  /** Runs `task` once the time is reached; at once (in a later turn) when it is already past. */
  at(timeMs: number, task: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

/** `setTimeout` takes at most 2^31 - 1 ms; longer waits are taken up again when it fires. */
const LONGEST_SLEEP_MS = 2_147_483_647;

/**
 * Real time plus an offset that tests and `POST /_local/clock` may only increase. The offset is kept on disk, so that
 * the time never runs backwards over a restart. Timers live in memory: each service sets its own again at boot.
 */
export class MovableClock implements Clock {
  readonly #store: Store;
  readonly #activity: Activity;
  readonly #timers = new TimerHeap();
  #offsetMs: number;
  #sleep: NodeJS.Timeout | null = null;
  #advancing: Promise<void> = Promise.resolve();

  /** @param notBeforeMs where the time begins when it would be earlier; by default at real time. */
  constructor(store: Store, activity: Activity, notBeforeMs = 0) {
    this.#store = store;
    this.#activity = activity;
    store.define(
      'CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL)',
    );
    const row = store.statement('SELECT offset_ms FROM clock WHERE id = 1').get();
    this.#offsetMs = row === undefined ? 0 : Number(row['offset_ms']);
    if (this.now() < notBeforeMs) this.#setNow(notBeforeMs);
  }

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  at(timeMs: number, task: () => void): Timer {
    const timer = this.#timers.add(timeMs, task);
    if (this.#timers.soonest() === timer) this.#arm();
    return { cancel: () => this.#timers.cancel(timer) };
  }

  /**
   * Moves the time forward, stopping at every timer that falls due on the way and waiting until what it set off has
   * come to rest, so that a day moved in one call is a day lived through, with one sync to disk. Calls queue up behind
   * each other.
   */
  advance(byMs: number): Promise<void> {
    const moved = this.#advancing.then(() => this.#store.syncOnceAfter(() => this.#moveTo(this.now() + byMs)));
    this.#advancing = moved.catch(() => undefined);
    return moved;
  }

  /** Drops all timers; nothing fires afterwards. */
  stop(): void {
    this.#timers.clear();
    if (this.#sleep !== null) clearTimeout(this.#sleep);
    this.#sleep = null;
  }

  async #moveTo(targetMs: number): Promise<void> {
    await this.#activity.whenIdle();
    for (let next = this.#timers.soonest(); next !== null && next.timeMs <= targetMs; next = this.#timers.soonest()) {
      this.#setNow(next.timeMs);
      this.#timers.takeDue(next.timeMs)?.task();
      await this.#activity.whenIdle();
    }
    this.#setNow(targetMs);
  }

  #setNow(timeMs: number): void {
    const offsetMs = timeMs - Date.now();
    if (offsetMs <= this.#offsetMs) return;
    this.#offsetMs = offsetMs;
    this.#store.writeNow(() =>
      this.#store
        .statement(
          'INSERT INTO clock (id, offset_ms) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms',
        )
        .run(Math.round(offsetMs)),
    );
    this.#arm();
  }

  #arm(): void {
    if (this.#sleep !== null) clearTimeout(this.#sleep);
    this.#sleep = null;
    const next = this.#timers.soonest();
    if (next === null) return;
    const waitMs = Math.min(Math.max(0, next.timeMs - this.now()), LONGEST_SLEEP_MS);
    this.#sleep = setTimeout(() => this.#wake(), waitMs);
  }

  #wake(): void {
    this.#sleep = null;
    const now = this.now();
    // What a task adds waits for a later turn, even where it is due already.
    const { added } = this.#timers;
    for (let due = this.#timers.takeDue(now, added); due !== null; due = this.#timers.takeDue(now, added)) due.task();
    this.#arm();
  }
}
